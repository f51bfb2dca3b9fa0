package threadbook.weaving;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;

/// One class on its way through the passes.
///
/// @param original  the class as javac made it
/// @param foreign   tells calls into code that is not woven from others
/// @param spared    where passes add the methods that they gave no access sites, as in [Woven]
record Weaving(ClassModel original, Origin origin, Depth depth, Foreign foreign, List<String> spared) {

    Weaving(ClassModel original, Origin origin, Depth depth, Foreign foreign) {
        this(original, origin, depth, foreign, new ArrayList<>());
    }

    /// The method gets no access sites.
    void spare(MethodModel method) {
        spared.add(key(method));
    }

    boolean isSpared(MethodModel method) {
        return spared.contains(key(method));
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }
}
