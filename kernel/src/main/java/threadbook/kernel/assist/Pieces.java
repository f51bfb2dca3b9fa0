package threadbook.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import threadbook.kernel.jshell.Analysis;

/// Code taken apart at the ends of its statements and declarations.
///
/// @param whole  the complete ones, in order, each with its end
/// @param last   what follows them, possibly empty: unfinished, wrong, or not yet ended by a semicolon
/// @param start  where the last piece begins, in UTF-16 units
/// @param end    what JShell says of the last piece
record Pieces(List<String> whole, String last, int start, Analysis.Completeness end) {

    static Pieces of(Analysis analysis, String code) {
        var whole = new ArrayList<String>();
        int start = 0;
        while (true) {
            String rest = code.substring(start);
            Analysis.Beginning beginning = analysis.beginning(rest);
            int next = code.length() - beginning.remaining().length();
            if (beginning.completeness() != Analysis.Completeness.COMPLETE || next <= start || next >= code.length()) {
                return new Pieces(List.copyOf(whole), rest, start, beginning.completeness());
            }
            whole.add(code.substring(start, next));
            start = next;
        }
    }
}
