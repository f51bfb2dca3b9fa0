/// What calls into the JDK do while a program is explored, one class for each family of them.
///
/// A synchroniser is never touched itself: its state in a schedule is kept here, made from the real
/// one's when it is first used. So a schedule that ends in a deadlock leaves nothing locked.
@NullMarked
package threadbook.lab.explore.model;

import org.jspecify.annotations.NullMarked;
