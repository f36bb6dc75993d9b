package dev.convoy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the api, see {@code docs/architecture.md}: nothing depends on a floor above, nothing in a circle. */
@AnalyzeClasses(packages = "dev.convoy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("tensor")
            .definedBy("dev.convoy.tensor..")
            .layer("data")
            .definedBy("dev.convoy.data..")
            .layer("graph")
            .definedBy("dev.convoy.graph..")
            .layer("layers")
            .definedBy("dev.convoy.layers..")
            .layer("spi")
            .definedBy("dev.convoy.spi..")
            .layer("models")
            .definedBy("dev.convoy.models..")
            .layer("training")
            .definedBy("dev.convoy.training..")
            .layer("walkthrough")
            .definedBy("dev.convoy.walkthrough..")
            .layer("report")
            .definedBy("dev.convoy.report..")
            .whereLayer("tensor")
            .mayNotAccessAnyLayer()
            .whereLayer("data")
            .mayOnlyAccessLayers("tensor")
            .whereLayer("graph")
            .mayOnlyAccessLayers("tensor")
            .whereLayer("layers")
            .mayOnlyAccessLayers("tensor", "graph")
            .whereLayer("spi")
            .mayOnlyAccessLayers("tensor", "graph")
            .whereLayer("models")
            .mayOnlyAccessLayers("tensor", "data", "graph", "layers", "spi")
            .whereLayer("training")
            .mayOnlyAccessLayers("tensor", "data", "graph", "layers", "spi", "models")
            .whereLayer("report")
            .mayOnlyAccessLayers("tensor", "data", "models", "training")
            .whereLayer("walkthrough")
            .mayOnlyAccessLayers("tensor", "data", "graph", "layers", "models");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.convoy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NEEDS_ONLY_THE_JDK = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax..", "org.w3c.dom..", "dev.convoy..", "org.jspecify..");
}
