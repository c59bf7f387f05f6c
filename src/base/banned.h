/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that do not compile. The build includes this file before every C
 * file of the library and the program (not of the tests, whose framework needs
 * longjmp); ./dev lint holds the rest of the tree to the same list and says
 * what to use instead.
 *
 * The headers that declare these functions come first, so that only our calls
 * meet the macros. A function that is added here is added to tools/lint.py. */
#ifndef AS_BASE_BANNED_H
#define AS_BASE_BANNED_H

#include <alloca.h>
#include <locale.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AS_BANNED(name) as_banned_##name

/* libc has some of these as macros, which ones depends on the compiler. */
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef stpcpy
#undef stpncpy
#undef gets
#undef sprintf
#undef vsprintf
#undef scanf
#undef fscanf
#undef sscanf
#undef vscanf
#undef vfscanf
#undef vsscanf
#undef atoi
#undef atol
#undef atoll
#undef atof
#undef strtok
#undef strtok_r
#undef strsep
#undef alloca
#undef sprintf
#undef strdupa
#undef strndupa
#undef setjmp
#undef _setjmp
#undef sigsetjmp
#undef longjmp
#undef _longjmp
#undef siglongjmp
#undef system
#undef popen
#undef vfork
#undef rand
#undef srand
#undef random
#undef srandom
#undef rand_r
#undef drand48
#undef lrand48
#undef mrand48
#undef tmpnam
#undef tempnam
#undef mktemp
#undef tmpfile
#undef ctime
#undef ctime_r
#undef asctime
#undef asctime_r
#undef gmtime
#undef localtime
#undef localtime_r
#undef mktime
#undef strptime
#undef setlocale
#undef putenv
#undef setenv
#undef unsetenv

#define strcpy(...)      AS_BANNED(strcpy)
#define strcat(...)      AS_BANNED(strcat)
#define strncpy(...)     AS_BANNED(strncpy)
#define strncat(...)     AS_BANNED(strncat)
#define stpcpy(...)      AS_BANNED(stpcpy)
#define stpncpy(...)     AS_BANNED(stpncpy)
#define gets(...)        AS_BANNED(gets)
#define sprintf(...)     AS_BANNED(sprintf)
#define vsprintf(...)    AS_BANNED(vsprintf)
#define scanf(...)       AS_BANNED(scanf)
#define fscanf(...)      AS_BANNED(fscanf)
#define sscanf(...)      AS_BANNED(sscanf)
#define vscanf(...)      AS_BANNED(vscanf)
#define vfscanf(...)     AS_BANNED(vfscanf)
#define vsscanf(...)     AS_BANNED(vsscanf)
#define atoi(...)        AS_BANNED(atoi)
#define atol(...)        AS_BANNED(atol)
#define atoll(...)       AS_BANNED(atoll)
#define atof(...)        AS_BANNED(atof)
#define strtok(...)      AS_BANNED(strtok)
#define strtok_r(...)    AS_BANNED(strtok_r)
#define strsep(...)      AS_BANNED(strsep)
#define alloca(...)      AS_BANNED(alloca)
#define strdupa(...)     AS_BANNED(strdupa)
#define strndupa(...)    AS_BANNED(strndupa)
#define setjmp(...)      AS_BANNED(setjmp)
#define _setjmp(...)     AS_BANNED(_setjmp)
#define sigsetjmp(...)   AS_BANNED(sigsetjmp)
#define longjmp(...)     AS_BANNED(longjmp)
#define _longjmp(...)    AS_BANNED(_longjmp)
#define siglongjmp(...)  AS_BANNED(siglongjmp)
#define system(...)      AS_BANNED(system)
#define popen(...)       AS_BANNED(popen)
#define vfork(...)       AS_BANNED(vfork)
#define rand(...)        AS_BANNED(rand)
#define srand(...)       AS_BANNED(srand)
#define random(...)      AS_BANNED(random)
#define srandom(...)     AS_BANNED(srandom)
#define rand_r(...)      AS_BANNED(rand_r)
#define drand48(...)     AS_BANNED(drand48)
#define lrand48(...)     AS_BANNED(lrand48)
#define mrand48(...)     AS_BANNED(mrand48)
#define tmpnam(...)      AS_BANNED(tmpnam)
#define tempnam(...)     AS_BANNED(tempnam)
#define mktemp(...)      AS_BANNED(mktemp)
#define tmpfile(...)     AS_BANNED(tmpfile)
#define ctime(...)       AS_BANNED(ctime)
#define ctime_r(...)     AS_BANNED(ctime_r)
#define asctime(...)     AS_BANNED(asctime)
#define asctime_r(...)   AS_BANNED(asctime_r)
#define gmtime(...)      AS_BANNED(gmtime)
#define localtime(...)   AS_BANNED(localtime)
#define localtime_r(...) AS_BANNED(localtime_r)
#define mktime(...)      AS_BANNED(mktime)
#define strptime(...)    AS_BANNED(strptime)
#define setlocale(...)   AS_BANNED(setlocale)
#define putenv(...)      AS_BANNED(putenv)
#define setenv(...)      AS_BANNED(setenv)
#define unsetenv(...)    AS_BANNED(unsetenv)

#endif
