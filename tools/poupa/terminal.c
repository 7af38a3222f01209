/* terminal.c - colour, width and character set of a stream. */
#define _DEFAULT_SOURCE

#include "terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_LEAST = 40, WIDTH_DEFAULT = 80, WIDTH_MOST = 100 };

/* The value of a variable, "" where it is not set. */
static const char *value_of(const char *variable)
{
    const char *value = getenv(variable);
    return value ? value : "";
}

static bool shows_colors(void)
{
    const char *terminal = value_of("TERM");
    return value_of("NO_COLOR")[0] == '\0' && terminal[0] != '\0' &&
           strcmp(terminal, "dumb") != 0;
}

static size_t width_of(int descriptor, bool interactive)
{
    struct winsize size;
    unsigned long width;
    if (interactive && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else
        width = strtoul(value_of("COLUMNS"), NULL, 10);
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
