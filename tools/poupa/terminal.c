/* terminal.c - colour, width and character set of a stream. */
#define _DEFAULT_SOURCE

#include "terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_LEAST = 40, WIDTH_DEFAULT = 80, WIDTH_MOST = 100 };

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0';
}

static bool shows_colors(void)
{
    return !is_set("NO_COLOR") && is_set("TERM") && strcmp(getenv("TERM"), "dumb") != 0;
}

static size_t width_of(int descriptor, bool interactive)
{
    struct winsize size;
    unsigned long width = WIDTH_DEFAULT;
    if (interactive && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else if (is_set("COLUMNS"))
        width = strtoul(getenv("COLUMNS"), NULL, 10);
    if (width == 0)
        width = WIDTH_DEFAULT;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
}

cli_terminal terminal_of(FILE *stream)
{
    int descriptor = fileno(stream);
    bool interactive = isatty(descriptor) == 1;
    return (cli_terminal){
        .stream = stream,
        .interactive = interactive,
        .color = interactive && shows_colors(),
        .utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
        .width = width_of(descriptor, interactive),
    };
}
