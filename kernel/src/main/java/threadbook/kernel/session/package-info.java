/// The Java language, wired: [JavaSession] compiles a cell, loads it, runs it and renders what it gives.
///
/// Imports the rooms of the language; nothing imports it but `Main`.
@NullMarked
package threadbook.kernel.session;

import org.jspecify.annotations.NullMarked;
