package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.explore.Verdict;

/// Write a test that accepts what is right and rejects what is wrong.
///
/// Handed in is the verdict of the student's test on each of the teacher's variants, by name.
///
/// @param right  the variant that must be proved
/// @param wrong  the variants that must not be, each with what its fault needs to show itself
record RevealingTest(String id, String right, Map<String, String> wrong, List<String> hints) implements Claim {
    RevealingTest {
        wrong = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(wrong));
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", /* the verdict of your test on each variant, by name */)".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 1 || !(values.getFirst() instanceof Map<?, ?> verdicts)) {
            throw new CheckFailed("Hand in the verdicts: " + usage());
        }
        switch (verdict(verdicts, right)) {
            case Verdict.Proved _ -> {}
            case Verdict.Refuted refuted ->
                throw new CheckFailed("\"%s\" is right, but your test rejects it: %s".formatted(right, refuted.text()));
            case Verdict.Racy racy ->
                throw new CheckFailed("\"%s\" is right, but your test rejects it: %s".formatted(right, racy.text()));
            case Verdict.NotExhaustive open ->
                throw new CheckFailed("Your test is too large to be proved. " + open.text());
        }
        var answer = new ArrayList<List<String>>();
        wrong.forEach((name, need) -> answer.add(List.of(name, rejection(verdict(verdicts, name), name, need))));
        return new Passed(
                id,
                "your test proves what is right and rejects all %d faults.".formatted(wrong.size()),
                List.of("variant", "rejected, because"),
                answer);
    }

    private static Verdict verdict(Map<?, ?> verdicts, String name) {
        if (verdicts.get(name) instanceof Verdict verdict) {
            return verdict;
        }
        throw new CheckFailed("There is no verdict on \"%s\" among those on %s.".formatted(name, verdicts.keySet()));
    }

    private static String rejection(Verdict verdict, String name, String need) {
        return switch (verdict) {
            case Verdict.Refuted refuted ->
                "it can end with " + refuted.counterexample().ending();
            case Verdict.Racy racy -> "data race on " + racy.race().object();
            case Verdict.Proved _ ->
                throw new CheckFailed("Your test accepts \"%s\", which is wrong: %s".formatted(name, need));
            case Verdict.NotExhaustive open ->
                throw new CheckFailed("Your test finds nothing wrong with \"%s\". %s".formatted(name, open.text()));
        };
    }
}
