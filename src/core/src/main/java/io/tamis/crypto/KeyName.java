package io.tamis.crypto;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** What a key is for. One name has one algorithm for ever; its generations follow each other by rotation. */
public record KeyName(String value) implements Comparable<KeyName> {
    // Before the constants, whose construction needs it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    /** Signs the ledger's checkpoints: Ed25519. */
    public static final KeyName LEDGER_SIGNING = new KeyName("ledger-signing");

    /** Signs the ledger's checkpoints a second time, against quantum computers: ML-DSA-44. */
    public static final KeyName LEDGER_SIGNING_PQ = new KeyName("ledger-signing-pq");

    /** Signs the ledger's checkpoints once more for whoever asks for Chinese algorithms: SM2. */
    public static final KeyName LEDGER_SIGNING_SM2 = new KeyName("ledger-signing-sm2");

    /** Signs a witness's cosignatures, in the witness's own key store: Ed25519. */
    public static final KeyName WITNESS_SIGNING = new KeyName("witness-signing");

    /** Keys what the ledger's search index knows of entries: HMAC-SHA256. */
    public static final KeyName LEDGER_SEARCH = new KeyName("ledger-search");

    /** Wraps the ledger's monthly data keys: AES-256. */
    public static final KeyName LEDGER_KEK = new KeyName("ledger-kek");

    /** Wraps the datasets' data keys: AES-256. */
    public static final KeyName DATASET_KEK = new KeyName("dataset-kek");

    /** Keys the importer's person keys and digests that must not be guessed: HMAC-SHA256. */
    public static final KeyName DATASET_MAC = new KeyName("dataset-mac");

    /** Wraps the collaborations' pseudonym keys and the link files' keys: AES-256. */
    public static final KeyName PSEUDONYM_KEK = new KeyName("pseudonym-kek");

    /** Signs decryption tickets, in the service's key store: Ed25519. */
    public static final KeyName TICKET_SIGNING = new KeyName("ticket-signing");

    /** Signs a key holder's messages and shares, in the holder's own key store: Ed25519. */
    public static final KeyName HOLDER_SIGNING = new KeyName("holder-signing");

    /** Wraps what a key holder keeps between steps, its share of a collective key among it: AES-256. */
    public static final KeyName HOLDER_KEK = new KeyName("holder-kek");

    /** Opens what is sealed to a key holder, by HPKE: X25519. */
    public static final KeyName HOLDER_SEALING = new KeyName("holder-sealing");

    /** Signs a platform's plans, openings and ciphertexts, in the platform's own key store: Ed25519. */
    public static final KeyName PLATFORM_SIGNING = new KeyName("platform-signing");

    /** Wraps what a platform keeps between steps, the seeds of its ciphertexts among it: AES-256. */
    public static final KeyName PLATFORM_KEK = new KeyName("platform-kek");

    /** What a merchant's own key pairs for sealed results are derived from, in the merchant's own key store: HMAC-SHA256. */
    public static final KeyName MERCHANT_SEED = new KeyName("merchant-seed");

    public KeyName {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(KeyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
