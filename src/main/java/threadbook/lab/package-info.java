/// The helper library as a cell sees it: the static names of [threadbook.lab.Lab].
@NullMarked
package threadbook.lab;

import org.jspecify.annotations.NullMarked;
