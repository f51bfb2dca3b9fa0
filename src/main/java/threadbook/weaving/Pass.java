package threadbook.weaving;

import java.lang.classfile.ClassTransform;

/// One thing that is done to a class before it is loaded.
@FunctionalInterface
interface Pass {

    /// {@return the transformation of one class}; made anew for each class, so it may keep state
    ClassTransform of(Origin origin);
}
