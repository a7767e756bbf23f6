package io.tamis.crypto;

import io.tamis.data.Code;
import java.util.ArrayList;
import java.util.List;

/** One name's generations, oldest first; none when it was destroyed. */
record RootKey(KeyAlgorithm algorithm, List<SecretBytes> generations) {
    /** Most generations of one key: a monthly rotation fits in for decades. */
    static final int GENERATIONS_MAX = 1000;

    RootKey {
        generations = List.copyOf(generations);
        boolean sized = generations.stream().allMatch(key -> key.length() == KeyAlgorithm.KEY_BYTES);
        if (!sized || generations.size() > GENERATIONS_MAX) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
    }

    boolean destroyed() {
        return generations.isEmpty();
    }

    int generation() {
        return generations.size();
    }

    SecretBytes newest() {
        return at(generations.size());
    }

    /** A generation, counted from 1. */
    SecretBytes at(int generation) {
        if (generation < 1 || generation > generations.size()) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
        return generations.get(generation - 1);
    }

    RootKey rotated(SecretBytes next) {
        var longer = new ArrayList<>(generations);
        longer.add(next);
        return new RootKey(algorithm, longer);
    }

    RootKey withoutKeys() {
        return new RootKey(algorithm, List.of());
    }
}
