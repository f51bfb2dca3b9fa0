package threadbook.lab.explore.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.lab.explore.engine.Schedule;
import threadbook.lab.explore.engine.Step;

/// A data race: two accesses to one location by two threads, not both reads, and nothing orders them
/// (JLS 17.4.5).
///
/// @param location  what both access, as its id
/// @param first     the earlier one in the schedule where it was seen
/// @param second    the later one
/// @param firstHeld   what the first thread had locked
/// @param secondHeld  what the second thread had locked
public record Race(int location, Step first, Step second, List<Object> firstHeld, List<Object> secondHeld) {

    private record Plain(int index, int[] clock, List<Object> held) {}

    /// {@return the first race of a schedule}
    public static Optional<Race> in(Schedule schedule) {
        return new Clocks(schedule).first();
    }

    /// Vector clocks over what orders in the memory model: releases before acquires, start, and end
    /// before join.
    private static final class Clocks {
        private final List<Step> steps;
        private final int threads;
        private final int[][] now; // by thread
        private final boolean[] begun;
        private final int[][] after; // by step, the clock behind it
        private final Map<Integer, int[]> released = new HashMap<>(); // by location
        private final Map<Integer, List<Plain>> plain = new HashMap<>(); // by location: what nothing has ordered yet
        private final List<List<Object>> held = new ArrayList<>(); // by thread

        Clocks(Schedule schedule) {
            steps = schedule.steps();
            int ids = 1;
            for (ProgramThread thread : schedule.threads()) {
                ids = Math.max(ids, thread.id() + 1);
            }
            threads = ids;
            now = new int[threads][threads];
            begun = new boolean[threads];
            after = new int[steps.size()][];
            for (int i = 0; i < threads; i++) {
                held.add(new ArrayList<>());
            }
        }

        Optional<Race> first() {
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                int me = step.thread().id();
                begin(step.thread());
                int[] clock = now[me];
                clock[me]++;
                for (int location : step.operation().acquires()) {
                    join(clock, released.get(location));
                }
                locks(step, held.get(me));
                if (step.operation().plain() || step.operation().mixed()) {
                    Optional<Race> race = plain(i, step, clock, List.copyOf(held.get(me)));
                    if (race.isPresent()) {
                        return race;
                    }
                }
                released.put(step.thread().life(), clock.clone()); // nobody acquires it before the thread has ended
                for (int location : step.operation().releases()) {
                    join(released.computeIfAbsent(location, _ -> new int[threads]), clock);
                }
                after[i] = clock.clone();
            }
            return Optional.empty();
        }

        private void begin(ProgramThread thread) {
            if (!begun[thread.id()]) {
                begun[thread.id()] = true;
                if (thread.bornIn() >= 0) {
                    join(now[thread.id()], after[thread.bornIn()]);
                }
            }
        }

        private static void locks(Step step, List<Object> held) {
            Object locked = step.operation().locks();
            Object unlocked = step.operation().unlocks();
            if (locked != null) {
                held.add(locked);
            }
            for (int i = held.size() - 1; unlocked != null && i >= 0; i--) {
                if (held.get(i) == unlocked) {
                    held.remove(i);
                    break;
                }
            }
        }

        private Optional<Race> plain(int index, Step step, int[] clock, List<Object> heldNow) {
            for (int print : step.operation().accesses()) {
                int location = print >> 1;
                List<Plain> earlier = plain.computeIfAbsent(location, _ -> new ArrayList<>());
                for (Plain one : earlier) {
                    Step before = steps.get(one.index);
                    int other = before.thread().id();
                    boolean ordered = other == step.thread().id() || clock[other] >= one.clock[other];
                    boolean plain =
                            step.operation().plain() || before.operation().plain();
                    if (!ordered && plain && Step.dependent(before.operation().accesses(), new int[] {print})) {
                        return Optional.of(new Race(location, before, step, one.held, heldNow));
                    }
                }
                earlier.add(new Plain(index, clock.clone(), heldNow));
            }
            return Optional.empty();
        }

        private static void join(int[] clock, int @Nullable [] other) {
            if (other != null) {
                Arrays.setAll(clock, i -> Math.max(clock[i], other[i]));
            }
        }
    }
}
