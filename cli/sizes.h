// Sizes as users write and read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pith::cli {

// A plain decimal number. Nothing if it is anything else or above 2^64 - 1.
[[nodiscard]] std::optional<uint64_t> parse_number(std::string_view text);

// Bytes from "123", "64K", "64k", "64KB", "64KiB", likewise with M, G and T: all powers of 1024.
[[nodiscard]] std::optional<uint64_t> parse_size(std::string_view text);

// Bytes from a size or from "40%" (1 to 100) of total bytes. "0" means 0: no limit.
[[nodiscard]] std::optional<uint64_t> parse_memory(std::string_view text, uint64_t total);

// "123 B", "1.5 KiB", "20.0 MiB", ...
[[nodiscard]] std::string format_size(uint64_t bytes);

// Physical memory of the machine in bytes; never 0.
[[nodiscard]] uint64_t physical_memory();

}  // namespace pith::cli
