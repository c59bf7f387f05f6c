/* SPDX-License-Identifier: Apache-2.0 */
/* The GNU attributes we use, under one spelling. Both gcc 12 and clang 14 know
 * all of them; nothing else in the tree writes __attribute__. */
#ifndef AS_BASE_ATTR_H
#define AS_BASE_ATTR_H

#define AS_MUST_USE      __attribute__((warn_unused_result))
#define AS_PRINTF(f, a)  __attribute__((format(printf, f, a)))
#define AS_NONNULL(...)  __attribute__((nonnull(__VA_ARGS__)))
#define AS_CLEANUP(func) __attribute__((cleanup(func)))
#define AS_PURE          __attribute__((pure))
#define AS_UNUSED        __attribute__((unused))

#define AS_ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* An int of 128 bits: typedef int wide AS_BITS_128; */
#define AS_BITS_128 __attribute__((mode(TI)))

#endif
