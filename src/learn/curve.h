/* curve.h: the two curves of a network, from operations that IEEE 754 rounds alike everywhere: training and
 * use, every compiler and every machine get the same bits. */
#ifndef DL_LEARN_CURVE_H
#define DL_LEARN_CURVE_H

/* x (27 + x^2) / (27 + 9 x^2) within -3 .. 3, where it is -1 and 1 with slope 0: a Pade approximant of tanh. */
static inline float dl_tanh(float x)
{
    x = 3.0f < x ? 3.0f : x; /* in this order each is one instruction */
    x = -3.0f > x ? -3.0f : x;
    const float q = x * x;
    return x * (27.0f + q) / (27.0f + 9.0f * q);
}
/* Its slope at x. */
static inline float dl_tanh_slope(float x)
{
    if (x > 3.0f || x < -3.0f) return 0;
    const float q = x * x, r = (q - 9.0f) / (3.0f * q + 9.0f);
    return r * r;
}
/* 0 .. 1. */
static inline float dl_gate(float x) { return 0.5f + 0.5f * dl_tanh(0.5f * x); }
static inline float dl_gate_slope(float x) { return 0.25f * dl_tanh_slope(0.5f * x); }

#endif
