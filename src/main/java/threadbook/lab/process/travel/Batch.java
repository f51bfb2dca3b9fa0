package threadbook.lab.process.travel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function for several arguments at a time, so that short calls need not travel one by one.
///
/// @param one  the function for one of them
public record Batch<T, R>(Mapping<T, R> one) implements Mapping<List<T>, List<@Nullable R>> {

    @Override
    public List<@Nullable R> of(List<T> arguments) throws Exception {
        var results = new ArrayList<@Nullable R>(arguments.size());
        for (T argument : arguments) {
            results.add(one.of(argument));
        }
        return results;
    }
}
