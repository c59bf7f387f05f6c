/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one fuzz target over files and folders, without libFuzzer: this is how
 * ./dev test keeps every seed and every past crasher in the ordinary suite.
 * Each input is handed over in a heap block of exactly its size, so that a
 * sanitizer or valgrind sees the first byte read past the end; a small input
 * is also handed over cut at every length.
 *
 *     NAME_fuzz PATH...
 *
 * Prints one TAP line. When the target dies, the last line of stderr names
 * the input and the length it was cut to. */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Inputs up to this size are also run at every shorter length. */
#define CUT_BYTES    512
#define FILE_BYTES   (64L * 1024 * 1024)
#define FOLDER_DEPTH 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Of the sanitizers' runtime, where there is one. */
void __sanitizer_set_death_callback(void (*callback)(void))
    __attribute__((weak));

static char current[4200];
static size_t n_inputs, n_cuts;

static void name_the_input(void)
{
    if (write(STDERR_FILENO, current, strlen(current)) < 0)
        return;
}

static void died(int number)
{
    name_the_input();
    signal(number, SIG_DFL);
    raise(number);
}

static void run_one(const char *path, const uint8_t *data, size_t size)
{
    /* malloc(0) may return NULL; the target is promised a pointer. */
    uint8_t *copy = malloc(size ? size : 1);

    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    snprintf(current, sizeof current, "# input: %s (first %zu bytes)\n", path,
             size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void run_all_cuts(const char *path, const uint8_t *data, size_t size)
{
    n_inputs++;
    run_one(path, data, size);
    if (size > CUT_BYTES)
        return;
    for (size_t cut = 0; cut < size; cut++, n_cuts++)
        run_one(path, data, cut);
}

static int run_file(const char *path, long size)
{
    uint8_t *data = malloc((size_t)size + 1);
    FILE *f = fopen(path, "rb");
    int rc = -1;

    if (data && f && fread(data, 1, (size_t)size, f) == (size_t)size) {
        run_all_cuts(path, data, (size_t)size);
        rc = 0;
    }
    if (f)
        fclose(f);
    free(data);
    return rc;
}

static int run_path(const char *path, int depth);

static int run_folder(const char *path, int depth)
{
    struct dirent **names = NULL;
    int n = scandir(path, &names, NULL, alphasort);
    int rc = n < 0 ? -1 : 0;

    for (int i = 0; i < n; i++) {
        char below[4096];
        int len =
            snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.' &&
            (len >= (int)sizeof below || run_path(below, depth + 1)))
            rc = -1;
        free(names[i]);
    }
    free(names);
    return rc;
}

static int run_path(const char *path, int depth)
{
    struct stat st;

    if (depth > FOLDER_DEPTH || stat(path, &st))
        return -1;
    if (S_ISDIR(st.st_mode))
        return run_folder(path, depth);
    if (!S_ISREG(st.st_mode) || st.st_size > FILE_BYTES)
        return -1;
    return run_file(path, (long)st.st_size);
}

int main(int argc, char **argv)
{
    static const int deadly[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};

    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(name_the_input);
    else
        for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
            signal(deadly[i], died);
    puts("1..1");
    fflush(stdout);
    for (int i = 1; i < argc; i++) {
        if (run_path(argv[i], 0)) {
            printf("not ok 1 - could not read %s\n", argv[i]);
            return 1;
        }
    }
    /* A target that was given nothing has shown nothing. */
    printf("%s 1 - %zu inputs, %zu cut ones\n", n_inputs ? "ok" : "not ok",
           n_inputs, n_cuts);
    return n_inputs ? 0 : 1;
}
