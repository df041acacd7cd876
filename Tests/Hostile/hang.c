/* Stands before the library's own function and never comes back from a text that says so. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

void cmark_parser_feed(void *parser, const char *text, size_t length) {
  static const char words[] = "never-to-end";
  while (memmem(text, length, words, sizeof words - 1) != NULL) {
  }
  void (*feed)(void *, const char *, size_t) = dlsym(RTLD_NEXT, "cmark_parser_feed");
  feed(parser, text, length);
}
