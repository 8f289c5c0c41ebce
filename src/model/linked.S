/* linked.S: the pack that the build made, linked into the program. */
    .section .rodata
    .balign 64
    .global dl_pack_linked
    .global dl_pack_linked_end
    .hidden dl_pack_linked
    .hidden dl_pack_linked_end
dl_pack_linked:
    .incbin "dateline.dlm"
dl_pack_linked_end:
    .section .note.GNU-stack,"",%progbits
