package io.tamis.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Json;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A log written by the test itself with the JDK's cryptography and a naive tree (RFC 6962 section 2.1), so that neither the
 * page nor the Java code is held against itself. Entries are whatever the test says, also what a writer would refuse.
 */
final class PaperLog {
    static final String ORIGIN = "example.com/paper/2026";
    static final Signer KEY = new Signer(ORIGIN, 1, 1);

    /** The salt of every entry here: 00 01 … 1f. */
    static final String SALT = HexFormat.of().formatHex(counting());

    private final List<String> extras = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();

    /** A key of a log (type 1) or a witness (type 4), the same for the same seed. */
    record Signer(String name, int type, int seed) {
        private KeyPair pair() {
            try {
                var generator = KeyPairGenerator.getInstance("Ed25519");
                generator.initialize(255, new FixedRandom(seed));
                return generator.generateKeyPair();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private byte[] typed() {
            byte[] encoded = pair().getPublic().getEncoded();
            var typed = Arrays.copyOfRange(encoded, encoded.length - 33, encoded.length);
            typed[0] = (byte) type;
            return typed;
        }

        private byte[] keyId() {
            return Arrays.copyOf(sha256((name + "\n").getBytes(UTF_8), typed()), 4);
        }

        String vkey() {
            return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + base64(typed());
        }

        /** A line by this key over whatever the message is. */
        String line(byte[] before, String message) {
            try {
                var signing = Signature.getInstance("Ed25519");
                signing.initSign(pair().getPrivate());
                signing.update(message.getBytes(UTF_8));
                return line(concat(before, signing.sign()));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        String line(byte[] value) {
            return "— " + name + " " + base64(concat(keyId(), value)) + "\n";
        }

        /** A cosignature of C2SP tlog-cosignature. */
        String cosign(String text, long time) {
            var seconds = new byte[8];
            for (int i = 0; i < 8; i++) {
                seconds[i] = (byte) (time >>> (56 - 8 * i));
            }
            return line(seconds, "cosignature/v1\ntime " + time + "\n" + text);
        }
    }

    /** Bytes that count on from a seed: keys that everybody knows. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final int seed;

        FixedRandom(int seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) seed);
        }
    }

    /** Appends an entry that commits to these bytes, under the id they are given. */
    PaperLog append(String id, String event) {
        byte[] commitment = hmac(event.getBytes(UTF_8));
        var uuid = UUID.fromString(id);
        byte[] idBytes = HexFormat.of().parseHex(uuid.toString().replace("-", ""));
        extras.add(Json.object()
                .put("c", HexFormat.of().formatHex(commitment))
                .put("id", id)
                .build()
                .canonical());
        leaves.add(sha256(new byte[] {0, 1}, idBytes, commitment));
        return this;
    }

    /** The text that is signed. */
    String text() {
        return ORIGIN + "\n" + leaves.size() + "\n" + base64(root(leaves)) + "\n";
    }

    /** The receipt of an entry, with further signature lines. */
    String receipt(int index, String... lines) {
        return unsigned(index) + KEY.line(new byte[0], text()) + String.join("", lines);
    }

    /** The receipt up to where the signature lines begin. */
    String unsigned(int index) {
        var out = new StringBuilder("c2sp.org/tlog-proof@v1\nextra ")
                .append(base64(extras.get(index).getBytes(UTF_8)))
                .append("\nindex ")
                .append(index)
                .append('\n');
        path(index, leaves).forEach(hash -> out.append(base64(hash)).append('\n'));
        return out.append('\n').append(text()).append('\n').toString();
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return sha256(new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    private static List<byte[]> path(int index, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        var left = leaves.subList(0, split);
        var right = leaves.subList(split, leaves.size());
        var path = index < split ? path(index, left) : path(index - split, right);
        path.add(root(index < split ? right : left));
        return path;
    }

    private static byte[] hmac(byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(counting(), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] counting() {
        var salt = new byte[32];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) i;
        }
        return salt;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(concat(parts));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
