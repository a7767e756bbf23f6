package io.tamis.data;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one spelling of an identifier (policies/transforms.yaml, normalise), so that two spellings of one telephone number are
 * one person. Whoever makes keys, pseudonyms or orders of identifiers normalises here: the importer, and the platform's own
 * command line, which must come to the same order as the server without sending an identifier.
 */
public final class IdentifierText {
    private static final Pattern MOBILE = Pattern.compile("(?:(?:\\+|00)?86)?(1[3-9][0-9]{9})");
    private static final Pattern MOBILE_PUNCTUATION = Pattern.compile("[ ()-]");
    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{N}]");

    private IdentifierText() {}

    /**
     * False for text with control characters other than tab and line break. U+FFFD is what a decoder makes of bytes that are
     * not UTF-8, so refusing it refuses them.
     */
    public static boolean isClean(char[] text, int from, int length) {
        for (int at = from; at < from + length; at++) {
            char c = text[at];
            boolean lineBreak = c == '\t' || c == '\n' || c == '\r';
            if ((c < ' ' && !lineBreak) || c == 0x7f || c == '\uFFFD') {
                return false;
            }
        }
        return true;
    }

    /** The one spelling of an identifier; empty when it is none of its kind. The caller asks {@link #isClean} before. */
    public static Optional<String> normalise(Semantic semantic, String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        String normal = switch (semantic.value()) {
            case "CN_MOBILE" -> mobile(plain);
            case "EMAIL" -> plain.toLowerCase(Locale.ROOT);
            case "CN_ID", "BANK_CARD" ->
                NOT_ALPHANUMERIC.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT);
            default -> plain;
        };
        return normal.isEmpty() ? Optional.empty() : Optional.of(normal);
    }

    /** E.164 of a mobile number of mainland China; other numbers need libphonenumber and are refused until it is here. */
    private static String mobile(String plain) {
        var matcher = MOBILE.matcher(MOBILE_PUNCTUATION.matcher(plain).replaceAll(""));
        return matcher.matches() ? "+86" + matcher.group(1) : "";
    }
}
