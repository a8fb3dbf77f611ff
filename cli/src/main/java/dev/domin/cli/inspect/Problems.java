package dev.domin.cli.inspect;

import dev.domin.inspector.script.Problem;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.runtime.Failure;
import java.util.List;

/** Errors as the page shows them. */
final class Problems {

    private Problems() {}

    static Problem of(Failure failure) {
        return of(
                failure.source(), failure.span(), failure.message(), failure.help(), "runtime", failure.render(false));
    }

    static List<Problem> of(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(each -> of(
                        each.source(),
                        each.span(),
                        each.message(),
                        each.help(),
                        each.severity().label(),
                        ErrorRenderer.render(each, false)))
                .toList();
    }

    private static Problem of(SourceFile source, Span span, String message, String help, String kind, String rendered) {
        var place = source.position(span.start());
        String text = source.text();
        int end = Math.min(span.end(), text.length());
        int lineEnd = text.indexOf('\n', span.start());
        end = lineEnd < 0 ? end : Math.min(end, lineEnd);
        int length = end <= span.start() ? 1 : text.codePointCount(span.start(), end);
        return new Problem(
                place.line(), place.column(), length, message, help, kind, source.line(place.line()), rendered);
    }
}
