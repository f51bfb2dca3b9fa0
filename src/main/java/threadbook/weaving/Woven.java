package threadbook.weaving;

import java.util.List;

/// A class as it is to be defined.
///
/// @param bytes   the class file
/// @param spared  name and descriptor, such as `sum([I)J`, of the methods that have no access sites because
///                these would have made them too large, see [Depth]
// An array in a record: compared by nobody, and every byte of a class loader's input would be copied.
@SuppressWarnings("ArrayRecordComponent")
public record Woven(byte[] bytes, List<String> spared) {
    public Woven {
        spared = List.copyOf(spared);
    }
}
