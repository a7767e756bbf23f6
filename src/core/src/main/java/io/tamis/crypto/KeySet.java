package io.tamis.crypto;

import java.util.Map;

/** Which root keys a process has in its key store. */
public enum KeySet {
    /** The service. */
    SERVICE {
        @Override
        Map<KeyName, KeyAlgorithm> keys() {
            return Map.of(
                    KeyName.LEDGER_SIGNING, KeyAlgorithm.ED25519,
                    KeyName.LEDGER_SIGNING_PQ, KeyAlgorithm.ML_DSA_44,
                    KeyName.LEDGER_SIGNING_SM2, KeyAlgorithm.SM2,
                    KeyName.LEDGER_KEK, KeyAlgorithm.AES_256,
                    KeyName.LEDGER_SEARCH, KeyAlgorithm.HMAC_SHA256,
                    KeyName.DATASET_KEK, KeyAlgorithm.AES_256,
                    KeyName.DATASET_MAC, KeyAlgorithm.HMAC_SHA256,
                    KeyName.PSEUDONYM_KEK, KeyAlgorithm.AES_256,
                    KeyName.TICKET_SIGNING, KeyAlgorithm.ED25519);
        }
    },

    /** A witness, which is a process of its own, better with an operator of its own. */
    WITNESS {
        @Override
        Map<KeyName, KeyAlgorithm> keys() {
            return Map.of(KeyName.WITNESS_SIGNING, KeyAlgorithm.ED25519);
        }
    },

    /** A key holder, which is a process of its own with an operator of its own. */
    HOLDER {
        @Override
        Map<KeyName, KeyAlgorithm> keys() {
            return Map.of(
                    KeyName.HOLDER_SIGNING, KeyAlgorithm.ED25519,
                    KeyName.HOLDER_SEALING, KeyAlgorithm.X25519,
                    KeyName.HOLDER_KEK, KeyAlgorithm.AES_256);
        }
    },

    /** A platform that encrypts tags on its own machine. */
    PLATFORM {
        @Override
        Map<KeyName, KeyAlgorithm> keys() {
            return Map.of(
                    KeyName.PLATFORM_SIGNING, KeyAlgorithm.ED25519,
                    KeyName.PLATFORM_KEK, KeyAlgorithm.AES_256);
        }
    },

    /** A merchant that opens sealed results on its own machine. */
    MERCHANT {
        @Override
        Map<KeyName, KeyAlgorithm> keys() {
            return Map.of(KeyName.MERCHANT_SEED, KeyAlgorithm.HMAC_SHA256);
        }
    };

    abstract Map<KeyName, KeyAlgorithm> keys();
}
