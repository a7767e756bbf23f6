package io.tamis.cli.client;

/**
 * Text of the service's as a person may safely see it on a terminal. What a terminal would obey instead of showing, would show
 * as nothing or in another order, is written as an escape {@code \}{@code u{hex}}; so is the second space in a row, with which a
 * long text would fill a line and make up the next one. Letters of every script stay. Words from right to left are isolated, so
 * that they do not reorder what stands beside them.
 */
public final class VisibleText {
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_ISOLATE = '\u2069';

    private VisibleText() {}

    /** The text, to stand alone: in a table's cell, or at the end of a line. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** The text between quotation marks; those that it holds itself are escaped, so that it cannot seem to end early. */
    public static String quoted(String text) {
        return '"' + escaped(text, true) + '"';
    }

    private static String escaped(String text, boolean quotes) {
        var shown = new StringBuilder();
        int before = 0;
        boolean isolated = false;
        for (int point : text.codePoints().toArray()) {
            if (point == '\\' || (quotes && point == '"')) {
                shown.append('\\').appendCodePoint(point);
            } else if (shows(point) && !(point == ' ' && before == ' ')) {
                shown.appendCodePoint(point);
                isolated |= fromTheRight(point);
            } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
            before = point;
        }
        return isolated ? FIRST_STRONG_ISOLATE + shown.toString() + POP_ISOLATE : shown.toString();
    }

    private static boolean shows(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Every other space has a width of its own, or none.
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> !blank(point);
        };
    }

    /** Letters, marks and symbols by their type that show as nothing: fillers, joiners, variation selectors (Unicode 17). */
    private static boolean blank(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x16FE4, 0x1D159 -> true;
            default ->
                (point >= 0x180B && point <= 0x180F)
                        || (point >= 0xFE00 && point <= 0xFE0F)
                        || (point >= 0xE0000 && point <= 0xE0FFF);
        };
    }

    private static boolean fromTheRight(int point) {
        return switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}
