package io.tamis.crypto;

import io.tamis.data.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * One name's generations, oldest first; none when it was destroyed.
 *
 * @param first the number of the oldest one: those before it are retired
 */
record RootKey(KeyAlgorithm algorithm, int first, List<SecretBytes> generations) {
    /** Most generations of one key: a monthly rotation fits in for decades. */
    static final int GENERATIONS_MAX = 1000;

    RootKey {
        generations = List.copyOf(generations);
        boolean sized = generations.stream().allMatch(key -> key.length() == KeyAlgorithm.KEY_BYTES);
        if (!sized || generations.size() > GENERATIONS_MAX || first < 1) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
    }

    RootKey(KeyAlgorithm algorithm, List<SecretBytes> generations) {
        this(algorithm, 1, generations);
    }

    boolean destroyed() {
        return generations.isEmpty();
    }

    int generation() {
        return destroyed() ? 0 : first + generations.size() - 1;
    }

    SecretBytes newest() {
        return at(generation());
    }

    /** A generation, counted from 1. */
    SecretBytes at(int generation) {
        if (generation < first || generation > generation()) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
        return generations.get(generation - first);
    }

    RootKey rotated(SecretBytes next) {
        var longer = new ArrayList<>(generations);
        longer.add(next);
        return new RootKey(algorithm, first, longer);
    }

    /** Without those before this one; the newest one always stays. */
    RootKey retired(int before) {
        int from = Math.clamp(before, first, Math.max(first, generation()));
        return new RootKey(algorithm, from, generations.subList(from - first, generations.size()));
    }

    RootKey withoutKeys() {
        return new RootKey(algorithm, List.of());
    }
}
