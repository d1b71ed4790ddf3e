package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.terminalcloud.systemtests.ProductionClasses.SERVICES;

import org.junit.jupiter.api.Test;

/** Parts of the platform and of libraries that the code of the services does not use, since they are dangerous or weak. */
class SecurityRulesTest {
    /** Parses the name in a certificate; it looks up nothing. */
    private static final String READS_NAMES = "dev.terminalcloud.connector.tls.PeerCertificate";

    @Test
    void servicesStartNoProcess() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(SERVICES);
        noClasses()
                .should()
                .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))))
                .check(SERVICES);
    }

    @Test
    void servicesInterpretNeitherXmlNorScripts() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(READS_NAMES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.naming..",
                        "javax.script..",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "java.rmi..")
                .check(SERVICES);
    }

    @Test
    void servicesUseNoJavaSerialisation() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(In|Out)put(Stream)?")
                .check(SERVICES);
    }

    @Test
    void randomNumbersAreSecure() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom|random\\..*)")
                .check(SERVICES);
        noClasses().should().callMethod(Math.class, "random").check(SERVICES);
    }

    @Test
    void certificatesAndHostNamesAreChecked() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("setTrustAll|setVerifyHost|setHostnameVerificationAlgorithm")))
                .check(SERVICES);
    }

    @Test
    void servicesSetNoCookies() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(New)?Cookie")
                .check(SERVICES);
    }
}
