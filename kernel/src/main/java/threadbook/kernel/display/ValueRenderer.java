package threadbook.kernel.display;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import threadbook.kernel.protocol.MimeBundle;
import threadbook.runtime.Renderer;

/// Turns a live value into the forms that a front end can show.
///
/// In this order: what the value's public method `Map<String, String> mimeBundle()` says; what a
/// [Renderer] of the libraries says; its text. Text is `toString()`, the contents for an array, the
/// characters themselves for a string, and `null` for null, because a lookup that finds nothing is a
/// result worth seeing. Every value has a `text/plain` form.
///
/// Any thread may call it; it runs the user's code on the calling thread, as long as that takes.
public final class ValueRenderer {
    private static final String TEXT = "text/plain";

    /// No front end survives a form longer than this, in characters.
    private static final int FORM_LIMIT = 20_000_000;

    private final ClassValue<Drawing> drawings = new ClassValue<>() {
        @Override
        protected Drawing computeValue(Class<?> type) {
            return Drawing.of(type);
        }
    };

    /// Read by whoever renders the first value of a library's class; guarded by this.
    private @Nullable List<Renderer> renderers;

    /// {@return the value's forms}
    ///
    /// @throws RuntimeException  whatever the value's own methods throw, checked exceptions and errors too
    public MimeBundle render(@Nullable Object value) {
        Map<String, String> forms = value == null ? Map.of() : forms(value);
        if (forms.containsKey(TEXT)) {
            return new MimeBundle(forms);
        }
        var all = new LinkedHashMap<>(forms);
        all.put(TEXT, Texts.of(value));
        return new MimeBundle(all);
    }

    private Map<String, String> forms(Object value) {
        return switch (drawings.get(value.getClass())) {
            case Drawing.ByItself(Method method) -> limited(call(method, value));
            case Drawing.ByLibrary() -> limited(byRenderer(value).orElse(Map.of()));
            case Drawing.AsText() -> Map.of();
        };
    }

    private static Map<?, ?> call(Method method, Object value) {
        try {
            return method.invoke(value) instanceof Map<?, ?> map ? map : Map.of();
        } catch (InvocationTargetException e) {
            throw Thrown.asIs(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot call " + method + ".\nMake it public.", e);
        }
    }

    private Optional<Map<String, String>> byRenderer(Object value) {
        for (Renderer renderer : renderers()) {
            var forms = renderer.render(value);
            if (forms.isPresent()) {
                return forms;
            }
        }
        return Optional.empty();
    }

    private synchronized List<Renderer> renderers() {
        var known = renderers;
        if (known == null) {
            // The libraries that cells see are loaded by the loader of runtime.
            known = ServiceLoader.load(Renderer.class, Renderer.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            renderers = known;
        }
        return known;
    }

    private static Map<String, String> limited(Map<?, ?> forms) {
        var kept = new LinkedHashMap<String, String>();
        forms.forEach((mime, content) -> {
            String form = String.valueOf(content);
            if (mime != null && content != null && form.length() <= FORM_LIMIT) {
                kept.put(mime.toString(), mime.equals(TEXT) ? Texts.cut(form) : form);
            }
        });
        return kept;
    }
}
