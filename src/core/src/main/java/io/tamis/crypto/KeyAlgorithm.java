package io.tamis.crypto;

import java.util.Arrays;
import java.util.Optional;

/** What a root key is used with. All of them are 32 uniform bytes. */
enum KeyAlgorithm {
    ED25519("ed25519"),
    AES_256("aes-256"),
    HMAC_SHA256("hmac-sha256"),
    ML_DSA_44("ml-dsa-44"),
    SM2("sm2"),
    X25519("x25519");

    static final int KEY_BYTES = 32;

    private final String label;

    KeyAlgorithm(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Optional<KeyAlgorithm> fromLabel(String label) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.label.equals(label))
                .findFirst();
    }
}
