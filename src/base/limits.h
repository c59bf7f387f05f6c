/* SPDX-License-Identifier: Apache-2.0 */
/* Every ceiling of the program, in one file. A ceiling that is reached is a
 * clear line (AS_ERR_LIMIT, exit 65) that names it, never silence. */
#ifndef AS_BASE_LIMITS_H
#define AS_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#define AS_KIB ((size_t)1024)
#define AS_MIB (AS_KIB * 1024)
#define AS_GIB (AS_MIB * 1024)

/* Input */
#define AS_LIMIT_INPUT_BYTES (AS_MIB * 1024) /* one BOM or feed file */
#define AS_LIMIT_JSON_DEPTH  ((size_t)256)
/* , : [ { in the text: what stands before a value, and bounds the memory of the
 * parsed document. A dense bill of materials has one in ten bytes and reaches
 * this at some 400 MB, before AS_LIMIT_INPUT_BYTES. */
#define AS_LIMIT_JSON_MARKS   ((size_t)40000000)
#define AS_LIMIT_XML_DEPTH    ((size_t)256)
#define AS_LIMIT_XML_TOKEN    (AS_MIB * 64) /* one tag or comment */
#define AS_LIMIT_YAML_DEPTH   ((size_t)64)
#define AS_LIMIT_YAML_NODES   ((size_t)4000000)
#define AS_LIMIT_YAML_ANCHORS ((size_t)4096) /* looked through one by one */

/* Model */
#define AS_LIMIT_PRODUCT_BYTES (AS_MIB * 768) /* arena of one product */
#define AS_LIMIT_PARTS         ((size_t)2000000)
#define AS_LIMIT_PART_DEPTH    ((size_t)100)
#define AS_LIMIT_DIAGNOSES     ((size_t)1000) /* kept; more are counted */
#define AS_LIMIT_PURL_BYTES    ((size_t)4096)
#define AS_LIMIT_CPE_BYTES     ((size_t)4096)
#define AS_LIMIT_VERSION_BYTES ((size_t)1024)

/* Worker */
#define AS_LIMIT_WORKER_BYTES   (AS_MIB * 1536) /* memory of a worker */
#define AS_LIMIT_FRAME_BYTES    (AS_MIB * 768)  /* one message */
#define AS_LIMIT_WORKER_SECONDS 300             /* processor time */
#define AS_LIMIT_WORKER_SILENCE 1800            /* seconds without a word */

/* Review */
#define AS_LIMIT_REVIEW_BYTES (AS_MIB * 2048) /* arena of one review */
/* A larger document is reviewed without being held against the rules of its
 * format: those cost as much as reading it. */
#define AS_LIMIT_RULED_BYTES (AS_MIB * 32)
/* Equal parts have findings of their own as long as all are no more; beyond,
 * those of the first one stand for the others too. */
#define AS_LIMIT_FINDINGS_APART ((size_t)100000)

/* Knowledge */
#define AS_LIMIT_RECORD_BYTES      (AS_MIB * 64)  /* one advisory in memory */
#define AS_LIMIT_RECORD_ID         ((size_t)128)  /* bytes of an identifier */
#define AS_LIMIT_RECORD_NAME       ((size_t)1024) /* bytes of a name */
#define AS_LIMIT_RECORD_ALIASES    ((size_t)1000)
#define AS_LIMIT_RECORD_AFFECTED   ((size_t)100000)
#define AS_LIMIT_FEED_MEMBER_BYTES (AS_MIB * 256) /* one file, unpacked */
/* Address space of a worker: the JSON parser sets aside some fourteen bytes for
 * each of a document and uses a part of them. */
#define AS_LIMIT_FEED_WORKER_BYTES (AS_GIB * 4)
#define AS_LIMIT_FEED_MEMBERS      ((uint64_t)8000000) /* of one archive */
#define AS_LIMIT_FEED_TOTAL_BYTES  (AS_GIB * 64) /* one archive, unpacked */
#define AS_LIMIT_FEED_NESTING      3             /* archives in archives */
#define AS_LIMIT_FEED_DEPTH        64            /* folders in folders */
#define AS_LIMIT_DOWNLOAD_BYTES    (AS_GIB * 8)  /* one download */

/* Parties */
#define AS_LIMIT_PARTY_ROWS  ((size_t)16000000) /* of one edition */
#define AS_LIMIT_PARTY_LISTS ((size_t)1000)     /* of one source */
#define AS_LIMIT_PARTY_ITEMS ((size_t)20000)    /* names, ties ... of one row */
#define AS_LIMIT_PARTY_TEXT  ((size_t)8192) /* bytes of an address, a term */

/* Ownership */
#define AS_LIMIT_OWNER_BYTES  (AS_MIB * 1024) /* of one graph */
#define AS_LIMIT_OWNER_EDGES  ((size_t)4000000)
#define AS_LIMIT_OWNER_WALKED ((size_t)200000)   /* holdings for one question */
#define AS_LIMIT_OWNER_WORK   ((size_t)20000000) /* of them looked at, cycles */
#define AS_LIMIT_OWNER_PATHS  ((size_t)32)
#define AS_LIMIT_OWNER_STEPS  ((size_t)64)   /* of one path */
#define AS_LIMIT_OWNER_JOINED ((size_t)2000) /* looked up above one party */
#define AS_LIMIT_OWNER_FREE   12             /* parties tried out either way */

/* Names of parties */
#define AS_LIMIT_NAME_BYTES ((size_t)1024) /* one name, as written */
#define AS_LIMIT_NAME_WORDS ((size_t)48)   /* of one name */
/* Register */
#define AS_LIMIT_DECISION_TEXT ((size_t)8192) /* each text of a decision */

/* Screening: the candidate index of all names of the lists */
#define AS_LIMIT_INDEX_BYTES      (AS_GIB * 16)
#define AS_LIMIT_INDEX_NAMES      ((size_t)32000000) /* and rows */
#define AS_LIMIT_INDEX_WORDS      ((size_t)100000000)
#define AS_LIMIT_INDEX_ENTRIES    ((size_t)2000000000) /* of one table */
#define AS_LIMIT_INDEX_NAME_BYTES (AS_MIB * 4)         /* preparing one name */
#define AS_LIMIT_INDEX_SCAN       ((uint64_t)4000000)  /* names of one search */
#define AS_LIMIT_SCREEN_BYTES     (AS_MIB * 256)       /* answer for one name */
#define AS_LIMIT_CANDIDATES       ((size_t)1024)       /* compared in it */
#define AS_LIMIT_SCREENED_NAMES   ((size_t)20000)      /* of one product */

/* Output */
#define AS_LIMIT_OUTPUT_BYTES (AS_GIB * 2)

#endif
