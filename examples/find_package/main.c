/* main.c - the least that a program needs to use the installed library. */
#include <poupa/poupa.h>
#include <stdio.h>

int main(void)
{
    poupa_catalog *catalog;
    poupa_error err;
    if (poupa_catalog_new(NULL, &catalog, &err) != POUPA_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("libpoupa %s\n", poupa_version());
    poupa_catalog_release(catalog);
    return 0;
}
