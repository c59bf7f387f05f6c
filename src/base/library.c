/* SPDX-License-Identifier: Apache-2.0 */
/* Loading a library late; see base/library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

static as_rc fail_load(const char *soname, const char *purpose, as_err *err)
{
    const char *why = dlerror();

    return as_fail(err, AS_ERR_IO, "cannot %s without %s: %s", purpose, soname,
                   why ? why : "it has no such function");
}

as_rc as_library_load(const char *soname, const char *purpose,
                      const as_library_symbol *symbols, size_t n, as_err *err)
{
    void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);

    if (!library)
        return fail_load(soname, purpose, err);
    for (size_t i = 0; i < n; i++)
        if (!dlsym(library, symbols[i].name))
            return fail_load(soname, purpose, err);
    for (size_t i = 0; i < n; i++) {
        /* The way POSIX has for pointers to functions. */
        void *symbol = dlsym(library, symbols[i].name);
        memcpy(symbols[i].pointer, &symbol, sizeof symbol);
    }
    return AS_OK;
}
