/* schema.c - "poupa schema". */
#include "documents.h"
#include "run.h"

exit_status run_schema(const cli_arguments *arguments)
{
    (void)arguments;
    poupa_writer *writer = json_begin();
    poupa_schema_write(writer);
    return json_end(writer);
}
