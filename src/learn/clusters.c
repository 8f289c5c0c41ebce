/* clusters.c: looking words up in the table of clusters. */
#include "learn/clusters.h"

#define HEAD 16
#define PROBES 64

static dl_clusters view(dl_str s)
{
    uint32_t bits;
    if (s.len < HEAD || memcmp(s.p, "DLCLU\0\0\1", 8) != 0) return (dl_clusters){ 0, NULL };
    memcpy(&bits, s.p + 8, sizeof bits);
    if (bits > 24 || s.len != HEAD + (sizeof(uint64_t) << bits)) return (dl_clusters){ 0, NULL };
    return (dl_clusters){ (UINT64_C(1) << bits) - 1, (const uint64_t *)(const void *)(s.p + HEAD) };
}

dl_clusters dl_clusters_open(const dl_models *m)
{
    const dl_str none = { NULL, 0 };
    return view(m ? dl_models_section(m, "learn/clusters") : none);
}

dl_cluster dl_clusters_of(const dl_clusters *c, uint64_t lower)
{
    const dl_cluster none = { 0, 0, 0 };
    if (!c->slot) return none;
    uint64_t at = lower & c->mask;
    for (int k = 0; k < PROBES; k++, at = (at + 1) & c->mask) {
        uint64_t s = c->slot[at];
        if (!s) break;
        if (s >> 32 == lower >> 32) return (dl_cluster){ (uint16_t)(s >> 16), (uint8_t)(s >> 8), (uint8_t)s };
    }
    return none;
}
