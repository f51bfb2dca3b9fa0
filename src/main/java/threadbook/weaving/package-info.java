/// What is done to a class before it is loaded: one pass per purpose, in a stated order.
///
/// A class is woven to a depth: at load with sites that are free, for exploring with calls that can be
/// taken over. Exploring redefines the classes that are in use and does not define copies of them: the
/// objects and variables that a program starts from stay the ones that the student made.
///
/// Imports only [threadbook.runtime].
@NullMarked
package threadbook.weaving;

import org.jspecify.annotations.NullMarked;
