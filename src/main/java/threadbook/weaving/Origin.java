package threadbook.weaving;

import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Where a class comes from, and what was written there but did not reach its bytes.
///
/// @param file                 the name of its source in stack traces, such as `cell 7`
/// @param line                 from a line number of the class's bytes to one of that source
/// @param volatileFields       static fields of the class that were declared `volatile`
/// @param synchronizedMethods  static methods of the class that were declared `synchronized`
public record Origin(String file, IntUnaryOperator line, Set<String> volatileFields, Set<String> synchronizedMethods) {
    public Origin {
        volatileFields = Set.copyOf(volatileFields);
        synchronizedMethods = Set.copyOf(synchronizedMethods);
    }
}
