package threadbook.weaving;

import java.lang.classfile.ClassTransform;

/// One thing that is done to a class before it is loaded.
@FunctionalInterface
interface Pass {

    /// What a pass does to a class that does not concern it; it costs no time.
    ClassTransform NOTHING = ClassTransform.ACCEPT_ALL;

    /// {@return the transformation of one class}; made anew for each class, so it may keep state
    ClassTransform of(Weaving weaving);
}
