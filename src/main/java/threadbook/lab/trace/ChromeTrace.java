package threadbook.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import threadbook.lab.figure.JsonText;

/// A timeline in the format of Chrome's tracing, which Perfetto reads as well; the longest stretches if there
/// are too many.
///
/// @param left  how many stretches were left out
/// @see <a href="https://perfetto.dev/docs/getting-started/other-formats">Perfetto: other formats</a>
record ChromeTrace(String json, int left) {
    private static final int MOST = 20_000;

    private record Stretch(int lane, Segment segment) {}

    static ChromeTrace of(Timeline timeline) {
        var events = new ArrayList<Map<String, Object>>();
        var stretches = new ArrayList<Stretch>();
        for (int i = 0; i < timeline.lanes().size(); i++) {
            Lane lane = timeline.lanes().get(i);
            int number = i;
            lane.segments().forEach(segment -> stretches.add(new Stretch(number, segment)));
        }
        stretches.sort(Comparator.comparingLong(each -> -each.segment.length()));
        var kept = stretches.subList(0, Math.min(MOST, stretches.size()));
        kept.stream()
                .mapToInt(Stretch::lane)
                .distinct()
                .sorted()
                .forEach(lane -> events.add(Map.of(
                        "ph",
                        "M",
                        "name",
                        "thread_name",
                        "pid",
                        1,
                        "tid",
                        lane,
                        "args",
                        Map.of("name", timeline.lanes().get(lane).name()))));
        kept.forEach(each -> events.add(event(each)));
        return new ChromeTrace(
                JsonText.of(Map.of("traceEvents", events, "displayTimeUnit", "ms")), stretches.size() - kept.size());
    }

    private static Map<String, Object> event(Stretch each) {
        Segment segment = each.segment;
        var event = new LinkedHashMap<String, Object>();
        event.put("ph", "X");
        event.put("name", segment.state().toString());
        event.put("pid", 1);
        event.put("tid", each.lane);
        event.put("ts", segment.begin() / 1e3);
        event.put("dur", segment.length() / 1e3);
        var more = new LinkedHashMap<String, String>();
        List.of(
                        Map.entry("on", segment.on()),
                        Map.entry("let go by", segment.by()),
                        Map.entry("where", segment.place()))
                .forEach(entry -> {
                    if (!entry.getValue().isEmpty()) {
                        more.put(entry.getKey(), entry.getValue());
                    }
                });
        event.put("args", more);
        return event;
    }
}
