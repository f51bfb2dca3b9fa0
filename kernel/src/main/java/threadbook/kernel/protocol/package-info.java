/// What can be said in the Jupyter messaging protocol, version 5.5, as plain immutable values;
/// and the other end, [threadbook.kernel.protocol.Client], to whom it is said.
///
/// Imports nothing of ours. How it is written as bytes is `wire`, where it travels is `channel`.
@NullMarked
package threadbook.kernel.protocol;

import org.jspecify.annotations.NullMarked;
