/// What goes from process to process: classes, values, and the messages that carry them.
@NullMarked
package threadbook.lab.process.travel;

import org.jspecify.annotations.NullMarked;
