/* write.c: a trained network as sections of a pack. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack_format.h"
#include "encode/near.h"
#include "fit/work.h"

#define PARTS 32

typedef struct writer {
    const dl_fit *f;
    const char *name;
    dl_pack_part part[PARTS];
    dl_buf buf[PARTS];
    uint32_t n;
} writer;

static dl_buf *section(writer *w, const char *what)
{
    dl_buf *b = &w->buf[w->n];
    dl_buf_init(b, (size_t)1 << 30);
    snprintf(w->part[w->n].name, sizeof w->part[w->n].name, "%s/%s", w->name, what);
    w->n++;
    return b;
}

static void add(dl_buf *b, const void *p, size_t n) { dl_buf_add(b, (dl_str){ p, n }); }

static void put_mat(writer *w, const char *what, const dl_fit_mat *m, uint32_t out, float unit)
{
    dl_mat_write(section(w, what), w->f->w + m->at, m->out, dl_fit_bias(m, w->f->w), m->in, out, unit);
}

/* The steps of each column: most of a row's numbers are far below the largest. */
static float unit_of(const dl_fit *f, size_t j)
{
    const size_t d = f->plan.d, n = f->index.n_rows;
    double squares = 0;
    float most = 0;
    for (size_t r = 0; r < n; r++) {
        const float v = f->rows[r * d + j];
        squares += (double)v * (double)v;
        most = fabsf(v) > most ? fabsf(v) : most;
    }
    const float six = 6.0f * (float)sqrt(squares / (double)n);
    return (most < six ? most : six) / 127.0f + 1e-9f;
}

static void put_rows(writer *w)
{
    const dl_fit *f = w->f;
    const size_t d = f->plan.d;
    float unit[DL_NET_WIDTH];
    dl_buf *b = section(w, "rows");
    for (size_t j = 0; j < d; j++) unit[j] = unit_of(f, j);
    add(b, unit, d * sizeof *unit);
    for (size_t i = 0; i < d * f->index.n_rows; i++) {
        float v = f->rows[i] / unit[i % d];
        v = v > 127 ? 127 : v < -127 ? -127 : v;
        dl_buf_putc(b, (char)(int8_t)(v + (v < 0 ? -0.5f : 0.5f)));
    }
}

static void put_net(writer *w)
{
    const dl_fit_plan *p = &w->f->plan;
    dl_net_head h = { .d = p->d,
                      .bits = w->f->index.bits,
                      .n_rows = w->f->index.n_rows,
                      .n_layers = (uint32_t)strlen(p->layers),
                      .flat = p->flat };
    memcpy(h.magic, "DLNET\0\0\1", 8);
    memcpy(h.kind, p->layers, h.n_layers);
    add(section(w, "net"), &h, sizeof h);
    add(section(w, "feats"), w->f->index.slot, (size_t)4 << w->f->index.bits);
    put_rows(w);
    put_mat(w, "in", &w->f->in, p->d, (float)DL_STATE_ONE * DL_FIT_VECTOR);
    for (uint32_t l = 0; l < h.n_layers; l++) {
        char what[12];
        snprintf(what, sizeof what, "%u", l);
        put_mat(w, what, &w->f->layer[l], w->f->layer[l].out, 1);
    }
}

static void put_heads(writer *w)
{
    const dl_fit *f = w->f;
    const dl_fit_plan *p = &f->plan;
    if (p->n_xpos) put_mat(w, "tags", &f->tags, DL_TAGS_COLS, 1);
    if (p->n_names) {
        put_mat(w, "names", &f->names, p->n_names, 1);
        dl_buf *b = section(w, "chain");
        for (uint32_t a = 0; a <= p->n_names; a++) add(b, f->w + f->trans + a * DL_FIT_NAMES, p->n_names * sizeof(float));
    }
    if (!p->n_rels) return;
    put_mat(w, "up", &f->up, p->arcs + 1, 1);
    put_mat(w, "down", &f->down, p->arcs, 1);
    put_mat(w, "near", &f->near, DL_NEAR, 1);
    put_mat(w, "rel_up", &f->rel_up, p->arcs, 1);
    put_mat(w, "rel_down", &f->rel_down, p->arcs, 1);
    put_mat(w, "rel", &f->rel, p->n_rels, 1);
    dl_buf *b = section(w, "root");
    for (uint32_t j = 0; j < p->d; j++) {
        const float most = (float)DL_STATE_MAX, v = f->w[f->root + j] * (float)DL_STATE_ONE;
        dl_buf_putc(b, (char)(uint8_t)(fmaxf(fminf(v, most), -most) + ((float)DL_STATE_ZERO + 0.5f)));
    }
}

dl_status dl_fit_write(const dl_fit *f, const char *path, const char *name, dl_error *err)
{
    writer *w = calloc(1, sizeof *w);
    if (!w) return DL_ENOMEM;
    w->f = f;
    w->name = name;
    put_net(w);
    put_heads(w);
    dl_status st = DL_OK;
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->buf[i].failed) st = DL_ENOMEM;
        w->part[i].p = w->buf[i].p;
        w->part[i].len = w->buf[i].len;
    }
    if (!st) st = dl_pack_write(path, w->part, w->n, err);
    for (uint32_t i = 0; i < w->n; i++) dl_buf_free(&w->buf[i]);
    free(w);
    return st;
}
