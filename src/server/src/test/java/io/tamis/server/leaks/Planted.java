package io.tamis.server.leaks;

import io.tamis.data.Hash;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * A person who exists in this test only, and every form in which their identifiers could lie about. Numbers begin with 19
 * and resident ids with 98, which no other test and no made-up world uses.
 *
 * @param mobile eleven digits
 * @param residentId seventeen digits and X
 */
record Planted(String mobile, String residentId) {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    static Planted of(java.util.Random random) {
        String mobile = "19" + String.format(Locale.ROOT, "%09d", random.nextInt(1_000_000_000));
        String birthday = String.format(
                Locale.ROOT, "19%02d%02d%02d", random.nextInt(40, 99), 1 + random.nextInt(12), 1 + random.nextInt(28));
        String residentId =
                String.format(Locale.ROOT, "98%04d%s%03dX", random.nextInt(10_000), birthday, random.nextInt(1_000));
        return new Planted(mobile, residentId);
    }

    /** As the shop writes it. */
    String plain() {
        return mobile;
    }

    /** As the video platform writes it. */
    String dashed() {
        return "+86 " + grouped("-");
    }

    /** As the messenger writes it. */
    String spaced() {
        return "0086 " + grouped(" ");
    }

    private String grouped(String between) {
        return mobile.substring(0, 3) + between + mobile.substring(3, 7) + between + mobile.substring(7);
    }

    /** What each spelling has of its own, so that whatever stands before it is found too. */
    private List<String> clear() {
        return List.of(
                mobile,
                grouped("-"),
                grouped(" "),
                grouped("%20"),
                grouped("+"),
                residentId,
                residentId.toLowerCase(Locale.ROOT));
    }

    /** What somebody would have hashed: every spelling, and the normalised one. */
    private List<String> hashable() {
        return List.of(
                plain(),
                dashed(),
                spaced(),
                "+86" + mobile,
                "86" + mobile,
                residentId,
                residentId.toLowerCase(Locale.ROOT));
    }

    /** Every form by the kind of form. */
    Map<String, List<byte[]>> forms() {
        var forms = new HashMap<String, List<byte[]>>();
        for (String text : clear()) {
            for (Charset charset : CHARSETS) {
                add(forms, "clear " + charset, text.getBytes(charset));
            }
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            addText(forms, "clear, hex", HexFormat.of().formatHex(utf8));
            addText(forms, "clear, hex", UPPER.formatHex(utf8));
            for (int shift = 0; shift < 3; shift++) {
                addText(forms, "clear, base64", base64Within(utf8, shift));
            }
        }
        for (String text : hashable()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            addHash(forms, "SHA-256", Hash.sha256(utf8).bytes());
            addHash(forms, "MD5", md5(utf8));
            addHash(forms, "SM3", sm3(utf8));
        }
        return forms;
    }

    /** Adds every form to a search, named by its kind. */
    void addTo(ByteSearch search) {
        forms().forEach((kind, patterns) -> patterns.forEach(pattern -> search.add(pattern, kind)));
    }

    private static void addHash(Map<String, List<byte[]>> forms, String algorithm, byte[] hash) {
        add(forms, algorithm + ", raw", hash);
        addText(forms, algorithm + ", hex", HexFormat.of().formatHex(hash));
        addText(forms, algorithm + ", HEX", UPPER.formatHex(hash));
        addText(
                forms,
                algorithm + ", base64",
                Base64.getEncoder().withoutPadding().encodeToString(hash));
        addText(
                forms,
                algorithm + ", base64url",
                Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    private static void addText(Map<String, List<byte[]>> forms, String kind, String text) {
        add(forms, kind, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void add(Map<String, List<byte[]>> forms, String kind, byte[] pattern) {
        forms.computeIfAbsent(kind, _ -> new ArrayList<>()).add(pattern);
    }

    /** The characters that base64 makes of these bytes whatever stands around them, when they begin so far into a group. */
    private static String base64Within(byte[] bytes, int shift) {
        var shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = (shift * Byte.SIZE + 5) / 6;
        int end = shifted.length * Byte.SIZE / 6;
        return all.substring(first, end);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sm3(byte[] bytes) {
        var digest = new SM3Digest();
        digest.update(bytes, 0, bytes.length);
        var hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
