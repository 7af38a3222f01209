/* abi.c - the smallest library that has structs of the public headers in its interface. */
#include "poupa/model.h"

const poupa_channel *handed_out(void)
{
    return 0;
}

poupa_status taken(const poupa_write_options *options)
{
    return options ? POUPA_ERR_LIMIT : POUPA_OK;
}
