package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void shouldParseReferenceEchoServer() {
        ScriptTree tree = Trees.parse("""
                #!/usr/bin/env domin
                // directives may follow comments
                plugin "../plugins/print/PrintPlugin"; plugin "builtin:os";
                struct UdpPacket packet { i32 port; i32 hostLen; }
                struct Wide { u16be a, b; string name[16]; };
                callback i32 OnPacket(ref blob $X) { return(1); }
                i32 add(i32 $a, ref string $b) { return $a; }
                void main() { return; }
                """);
        assertThat(tree.plugins())
                .extracting(ScriptTree.PluginDirective::path)
                .containsExactly("../plugins/print/PrintPlugin", "builtin:os");
        assertThat(tree.structs()).extracting(ScriptTree.Struct::packed).containsExactly(true, false);
        assertThat(tree.structs().getLast().fields())
                .extracting(field -> field.type().text() + " " + field.name().text() + " " + Trees.show(field.size()))
                .containsExactly("u16be a ", "u16be b ", "string name 16");
        assertThat(tree.functions())
                .extracting(function -> (function.callback() ? "callback " : "")
                        + function.result().text() + " " + function.name().text()
                        + function.parameters().size())
                .containsExactly("callback i32 OnPacket1", "i32 add2", "void main0");
        assertThat(tree.functions().get(1).parameters())
                .extracting(ScriptTree.Parameter::byRef)
                .containsExactly(false, true);
        assertThat(tree.source().text().substring(tree.functions().get(0).span().start()))
                .startsWith("callback");
        assertThat(tree.source()
                        .text()
                        .substring(0, tree.functions().get(0).span().end()))
                .endsWith("(ref blob $X)");
        assertThat(tree.statements()).isEmpty();
    }

    @Test
    void shouldParseDeclarations() {
        var declared = (Stmt.Declare) Trees.statement("i32 $a, $b = 2;");
        assertThat(declared.variables()).extracting(v -> v.name().text()).containsExactly("a", "b");
        assertThat(Trees.show(declared.variables().get(1).initializer())).isEqualTo("2");
        var text = ((Stmt.Declare) Trees.statement("string $S[16] = \"x\";"))
                .variables()
                .getFirst();
        assertThat(Trees.show(text.capacity())).isEqualTo("16");
        assertThat(Trees.show(text.initializer())).isEqualTo("\"x\"");
        assertThat(Trees.statement("ref blob &$S = $b;")).isInstanceOf(Stmt.DeclareRef.class);
        assertThat(Trees.statement("ref i64 $s = $b;")).isInstanceOf(Stmt.DeclareRef.class);
        assertThat(Trees.statement("$X assign N;")).isInstanceOf(Stmt.AssignOverlay.class);
    }

    @Test
    void shouldParseLoops() {
        var loop = (Stmt.For) Trees.statement("for (i32 $i = 0, $j = 1; $i < 3; $i++) { }");
        assertThat(loop.initializer()).isInstanceOf(Stmt.Declare.class);
        assertThat(Trees.show(loop.condition())).isEqualTo("($i < 3)");
        var bare = (Stmt.For) Trees.statement("for (;;) ;");
        assertThat(bare.initializer()).isNull();
        assertThat(bare.condition()).isNull();
        assertThat(bare.update()).isNull();
        assertThat(bare.body()).isInstanceOf(Stmt.Empty.class);
        assertThat(((Stmt.For) Trees.statement("for ($i = 0; ; ) break;")).initializer())
                .isInstanceOf(Stmt.Evaluate.class);
        assertThat(Trees.statement("while (1) continue;")).isInstanceOf(Stmt.While.class);
        assertThat(Trees.statement("do $i++; while ($i < 3);")).isInstanceOf(Stmt.DoWhile.class);
    }

    @Test
    void shouldBindElseToNearestIf() {
        var outer = (Stmt.If) Trees.statement("if (1) if (2) $a = 1; else $a = 2;");
        assertThat(outer.whenFalse()).isNull();
        assertThat(((Stmt.If) outer.whenTrue()).whenFalse()).isNotNull();
        var chain = (Stmt.If) Trees.statement("if (1) {} else if (2) {} else {}");
        assertThat(((Stmt.If) chain.whenFalse()).whenFalse()).isInstanceOf(Stmt.Block.class);
    }

    @Test
    void shouldGroupLabelsOfSwitch() {
        var choice = (Stmt.Switch)
                Trees.statement("switch ($a) { case 1: case 2: f(); break; case 'x': default: case 3: { } case 4: }");
        assertThat(choice.cases()).extracting(c -> c.labels().size()).containsExactly(2, 2, 1);
        assertThat(choice.cases()).extracting(Stmt.Case::isDefault).containsExactly(false, true, false);
        assertThat(choice.cases()).extracting(c -> c.statements().size()).containsExactly(2, 1, 0);
    }

    @Test
    void shouldTakeReturnWithAndWithoutParentheses() {
        assertThat(Trees.show(((Stmt.Return) Trees.statement("return(1);")).value()))
                .isEqualTo("1");
        assertThat(Trees.show(((Stmt.Return) Trees.statement("return (1) + 2;")).value()))
                .isEqualTo("(1 + 2)");
        assertThat(((Stmt.Return) Trees.statement("return;")).value()).isNull();
    }

    @Test
    void shouldCollectTopLevelStatementsInOrder() {
        ScriptTree tree = Trees.parse("i64 $s; { $s = 1; } i32 f() { return 1; } printf(\"%d\\n\", ($s > 0));");
        assertThat(tree.statements())
                .extracting(s -> s.getClass().getSimpleName())
                .containsExactly("Declare", "Block", "Evaluate");
        assertThat(tree.functions()).hasSize(1);
    }

    @Test
    void shouldSpanBlockToBehindItsBrace() {
        assertThat(Trees.statement("{ ; }").span().end()).isEqualTo(5);
    }
}
