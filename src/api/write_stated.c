/* write_stated.c: the last keys of the answer to `extract`: what each voice of the page says of it, and
 * which of them the record has taken. */
#include "api/text.h"
#include "api/view.h"

void dl_write_stated(dl_json *j, const dl_doc *d)
{
    const dl_stated *t = &d->stated;
    dl_json_key(j, "canonical");
    dl_json_opt(j, dl_doc_str(d, d->meta->canonical));
    dl_json_key(j, "section");
    dl_json_opt(j, dl_doc_str(d, d->meta->section));
    dl_json_key(j, "stated");
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < t->n; i++) {
        dl_json_open(j, '{');
        dl_json_key(j, "field");
        dl_json_word(j, dl_stated_field_words[t->field[i]]);
        dl_json_key(j, "value");
        dl_json_str(j, dl_doc_str(d, t->value[i]));
        dl_json_key(j, "basis");
        dl_json_word(j, dl_stated_basis_words[t->basis[i]]);
        dl_json_key(j, "chosen");
        dl_json_bool(j, t->chosen[i]);
        dl_json_key(j, "raw_beg");
        dl_json_int(j, t->raw[i].beg);
        dl_json_key(j, "raw_end");
        dl_json_int(j, t->raw[i].end);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}
