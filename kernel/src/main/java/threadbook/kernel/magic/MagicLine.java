package threadbook.kernel.magic;

/// One magic line of a cell.
///
/// @param name       without its `%`; begins with `%` where the line begins with `%%`
/// @param arguments  what follows the name, trimmed, possibly empty
/// @param number     its line in the cell, 1 is the first
public record MagicLine(String name, String arguments, int number) {}
