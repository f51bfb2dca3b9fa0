/// What is done to a class before it is loaded: one pass per purpose, in a stated order.
///
/// Imports only [threadbook.runtime].
@NullMarked
package threadbook.weaving;

import org.jspecify.annotations.NullMarked;
