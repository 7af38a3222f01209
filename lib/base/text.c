/* text.c - growing byte buffers, printing into them, and checking UTF-8. */
#include "text.h"

#include <stdio.h>

#include "memory.h"

void poupa__buffer_init(poupa_buffer *buffer, poupa_allocator allocator)
{
    *buffer = (poupa_buffer){.allocator = allocator};
}

void poupa_buffer_free(poupa_buffer *buffer)
{
    if (buffer == NULL || buffer->data == NULL)
        return;
    poupa__release(&buffer->allocator, buffer->data, buffer->capacity);
    poupa__buffer_init(buffer, buffer->allocator);
}

bool poupa__buffer_reserve(poupa_buffer *buffer, size_t size)
{
    if (size > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4)
        return false;
    void *data = buffer->data;
    if (!poupa__grow(&buffer->allocator, &data, &buffer->capacity, buffer->size + size + 1, 1))
        return false;
    buffer->data = (char *)data;
    return true;
}

bool poupa__buffer_append(poupa_buffer *buffer, const char *data, size_t size)
{
    if (!poupa__buffer_reserve(buffer, size))
        return false;
    if (size)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
    return true;
}

bool poupa__buffer_print(poupa_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    bool fits = length >= 0 && poupa__buffer_reserve(buffer, (size_t)length);
    if (fits) {
        vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
    return fits;
}

bool poupa__buffer_write(void *buffer, const char *data, size_t size)
{
    return poupa__buffer_append((poupa_buffer *)buffer, data, size);
}

/* -- UTF-8 --------------------------------------------------------------- */

/* The length of the well-formed character at data, 0 where there is none. The bounds of
 * the second byte are those of table 3-7 of the Unicode Standard. */
static size_t character_size(const unsigned char *data, size_t size)
{
    unsigned char lead = data[0];
    size_t length = lead < 0x80   ? 1
                    : lead < 0xC2 ? 0
                    : lead < 0xE0 ? 2
                    : lead < 0xF0 ? 3
                    : lead < 0xF5 ? 4
                                  : 0;
    if (length < 2 || length > size)
        return length > size ? 0 : length;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (data[1] < low || data[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

size_t poupa__utf8_span(const char *data, size_t size)
{
    size_t at = 0;
    while (at < size) {
        uint64_t word;
        if (size - at >= sizeof word) {
            memcpy(&word, data + at, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof word;
                continue;
            }
        }
        size_t length = character_size((const unsigned char *)data + at, size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return size;
}

bool poupa_utf8_valid(const char *data, size_t size)
{
    return size == 0 || (data && poupa__utf8_span(data, size) == size);
}
