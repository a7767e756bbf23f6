package io.tamis.data;

/** How the parties of a collaboration stand to each other by law; it says which duties each of them has. */
public enum LegalRelation {
    /** They decide together what for and how (PIPL article 20). */
    JOINT,
    /** One has the others process on its behalf (PIPL article 21). */
    ENTRUSTED,
    /** One provides to others, who decide for themselves (PIPL article 23). */
    PROVISION
}
