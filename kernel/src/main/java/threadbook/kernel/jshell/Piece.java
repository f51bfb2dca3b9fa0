package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import threadbook.kernel.cell.BareCode;

/// One snippet of a cell, as JShell is to be given it.
///
/// @param source     what stands in the cell from `start` on; a missing semicolon added, see [Modifiers]
/// @param start      where it begins in the cell, in UTF-16 units
/// @param modifiers  what JShell would lose
/// @param closed     whether it ends in a semicolon that was written; an expression may end in a brace
record Piece(String source, int start, Modifiers modifiers, boolean closed) {

    /// {@return the position in the cell, given one in the source}
    int position(long inSource) {
        return start + modifiers.original(Math.toIntExact(inSource));
    }

    /// Takes a cell apart. What JShell cannot take apart is one piece, for which javac finds the words.
    static List<Piece> split(SourceCodeAnalysis analysis, String code) {
        String bare = BareCode.of(code);
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        while (!bare.substring(start).isBlank()) {
            Modifiers modifiers = Modifiers.of(code.substring(start), bare.substring(start));
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(modifiers.source());
            String source = info.source() == null ? modifiers.source() : info.source();
            int end = info.source() == null
                    ? code.length()
                    : code.length() - info.remaining().length();
            String text = bare.substring(start, end).strip();
            if (!text.equals(";")) {
                pieces.add(new Piece(source, start, modifiers, text.endsWith(";")));
            }
            start = end;
        }
        return pieces;
    }
}
