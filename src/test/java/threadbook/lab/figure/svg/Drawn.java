package threadbook.lab.figure.svg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// A picture, read back as XML.
record Drawn(Document document) {
    static final Map<String, Object> PLAIN = Map.of("width", 600, "height", 400);

    /// Draws traces, each given as JSON, on a picture of 600 × 400 pixels.
    static Drawn traces(String... traces) {
        return chart("{}", traces);
    }

    /// Draws traces with a layout, all given as JSON; 600 × 400 pixels if it does not say.
    static Drawn chart(String layout, String... traces) {
        var complete = new HashMap<>(PLAIN);
        complete.putAll(json(layout));
        return of(complete, Arrays.stream(traces).map(Drawn::json).toList());
    }

    static Drawn of(Map<String, Object> layout, List<Map<String, Object>> data) {
        return parse(StaticSvg.of(data, layout, "words"));
    }

    private static Map<String, Object> json(String text) {
        try {
            return new ObjectMapper().readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(text, notJson);
        }
    }

    static Drawn parse(String svg) {
        try {
            return new Drawn(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))));
        } catch (SAXException | IOException | ParserConfigurationException notXml) {
            throw new AssertionError(svg, notXml);
        }
    }

    List<Element> elements(String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    Element text(String content) {
        return elements("text").stream()
                .filter(each -> each.getTextContent().equals(content))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no text " + content + " among " + texts()));
    }

    /// How many paths are filled with the colour.
    long filled(String color) {
        return elements("path").stream()
                .filter(path -> path.getAttribute("fill").equals(color))
                .count();
    }

    /// The `d` of the only path with a stroke of the colour.
    String stroked(String color) {
        var paths = elements("path").stream()
                .filter(path -> path.getAttribute("stroke").equals(color))
                .toList();
        if (paths.size() != 1) {
            throw new AssertionError(paths.size() + " paths with a stroke " + color);
        }
        return paths.getFirst().getAttribute("d");
    }

    /// The rectangles of the bars of one colour, each as left, from, right, to.
    List<double[]> bars(String color) {
        var path = elements("path").stream()
                .filter(each -> each.getAttribute("fill").equals(color))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
        return Arrays.stream(path.split("Z"))
                .map(rect -> Arrays.stream(rect.replaceAll("[MHV]", " ").strip().split(" +"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }
}
