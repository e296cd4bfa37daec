// Files that become part of the program, as they are, put there by the assembler.
#pragma once

#if defined(__APPLE__)
#define PITH_SYMBOL(name) "_" name
#define PITH_READ_ONLY ".const_data"
#define PITH_HIDDEN ".private_extern "
#else
#define PITH_SYMBOL(name) name
#define PITH_READ_ONLY ".section .rodata"
#define PITH_HIDDEN ".hidden "
#endif

// Declares name and name_end, the bytes of the file at a path (a string literal) and their end,
// aligned to 64 bytes. At namespace scope, outside of all others.
// clang-format off
// NOLINTBEGIN(bugprone-macro-parentheses): names that are declared and literals cannot be in any
#define PITH_EMBED(name, path)                                        \
  extern "C" const unsigned char name[];                              \
  extern "C" const unsigned char name##_end[];                        \
  asm(PITH_READ_ONLY "\n"                                             \
      ".globl " PITH_SYMBOL(#name) "\n"                               \
      PITH_HIDDEN PITH_SYMBOL(#name) "\n"                             \
      ".globl " PITH_SYMBOL(#name "_end") "\n"                        \
      PITH_HIDDEN PITH_SYMBOL(#name "_end") "\n"                      \
      ".balign 64\n" PITH_SYMBOL(#name) ":\n"                         \
      ".incbin \"" path "\"\n"                                        \
      PITH_SYMBOL(#name "_end") ":\n"                                 \
      ".text\n")
// NOLINTEND(bugprone-macro-parentheses)
// clang-format on
