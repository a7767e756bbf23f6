package io.tamis.ledger.anchor.evm;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/**
 * Accounts whose keys are printed in manuals: those of anvil and hardhat, of ganache, and Besu's. Whoever anchors with one of
 * them anchors with everybody.
 */
final class KnownKeys {
    /** anvil's and hardhat's phrase, and ganache's. */
    private static final List<String> PHRASES = List.of(
            "test test test test test test test test test test test junk",
            "myth like bonus scare over problem client lizard pioneer submit female collect");

    private static final int OF_EACH = 50;
    private static final int HARDENED = 1 << 31;

    /** The three accounts of Besu's development genesis. */
    private static final Set<Address> BESU = Set.of(
            new Address("0xfe3b557e8fb62b89f4916b721be55ceb828dbd73"),
            new Address("0x627306090abab3a6e1400e9345bc60c78a8bef57"),
            new Address("0xf17f52151ebef6c7334fad080c5704d77216b732"));

    private KnownKeys() {}

    static boolean contain(Address account) {
        return BESU.contains(account)
                || PHRASES.stream().flatMap(KnownKeys::accounts).anyMatch(account::equals);
    }

    /** The account a development chain is rich in, for a demonstration that brings no key. */
    static Submitter demonstration() {
        return new Submitter(account(root(PHRASES.getFirst()), 0));
    }

    private static Stream<Address> accounts(String phrase) {
        var root = root(phrase);
        return IntStream.range(0, OF_EACH)
                .mapToObj(index -> new Address(account(root, index).getAddress()))
                .collect(Collectors.toSet())
                .stream();
    }

    /** BIP 44: m/44'/60'/0'/0. */
    private static Bip32ECKeyPair root(String phrase) {
        return Bip32ECKeyPair.deriveKeyPair(
                Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(phrase, "")),
                new int[] {44 | HARDENED, 60 | HARDENED, HARDENED, 0});
    }

    private static Credentials account(Bip32ECKeyPair root, int index) {
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(root, new int[] {index}));
    }
}
