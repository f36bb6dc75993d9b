package dev.convoy.importers.onnx;

import dev.convoy.importers.onnx.OnnxTests.OnnxTest;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Some of ONNX's own tests of single operators, loaded and run as a user does. */
class NodeTest {

    @TempDir
    private Path folder;

    private static final List<String> NAMES = List.of(
            "add",
            "add_bcast",
            "add_int8",
            "add_uint64",
            "add_uint8",
            "affine_grid_2d",
            "and3d",
            "argmax_keepdims_random_select_last_index",
            "averagepool_1d_default",
            "averagepool_2d_ceil",
            "averagepool_2d_dilations",
            "averagepool_2d_pads_count_include_pad",
            "averagepool_2d_same_lower",
            "averagepool_3d_default",
            "basic_conv_with_padding",
            "batchnorm_epsilon",
            "batchnorm_example_training_mode",
            "bitshift_right_uint16",
            "bitwise_not_3d",
            "cast_FLOAT16_to_DOUBLE",
            "cast_FLOAT_to_BFLOAT16",
            "celu",
            "center_crop_pad_crop_and_pad",
            "clip",
            "clip_default_inbounds",
            "clip_default_int8_min",
            "clip_min_greater_than_max",
            "col2im_5d",
            "concat_2d_axis_negative_1",
            "constant_pad",
            "constant_pad_axes",
            "conv_with_autopad_same",
            "conv_with_strides_and_asymmetric_padding",
            "convtranspose_1d",
            "convtranspose_autopad_same",
            "convtranspose_dilations",
            "convtranspose_kernel_shape",
            "convtranspose_output_shape",
            "cumsum_1d_reverse_exclusive",
            "deform_conv_with_multiple_offset_groups",
            "div_uint8",
            "dropout_default_mask_ratio",
            "edge_pad",
            "einsum_batch_diagonal",
            "einsum_batch_matmul",
            "elu_example",
            "expand_dim_changed",
            "flatten_negative_axis1",
            "gather_negative_indices",
            "gelu_tanh_1",
            "gemm_all_attributes",
            "gemm_default_vector_bias",
            "globalaveragepool",
            "gridsample_bicubic",
            "gridsample_volumetric_bilinear_align_corners_1",
            "hardmax_axis_0",
            "hardsigmoid",
            "identity",
            "isinf_float16",
            "logsoftmax_axis_1",
            "loop11",
            "matmul_1d_3d",
            "matmul_4d",
            "max_int8",
            "maxpool_2d_dilations",
            "maxpool_2d_uint8",
            "maxpool_with_argmax_2d_precomputed_pads",
            "maxunpool_export_with_output_shape",
            "mean_two_inputs",
            "mod_mixed_sign_float32",
            "nllloss_NCd1d2_with_weight_reduction_mean",
            "not_2d",
            "pow_types_float32_uint64",
            "prelu_broadcast",
            "reduce_l2_keep_dims_random",
            "reduce_log_sum_exp_do_not_keepdims_random",
            "reduce_max_bool_inputs",
            "reduce_max_empty_set",
            "reduce_mean_default_axes_keepdims_random",
            "reduce_sum_empty_axes_input_noop",
            "reduce_sum_negative_axes_keepdims_random",
            "relu",
            "reshape_allowzero_reordered",
            "reshape_zero_and_negative_dim",
            "resize_downsample_scales_cubic_align_corners",
            "resize_tf_crop_and_resize_extrapolation_value",
            "roialign_mode_max",
            "scan9_sum",
            "sce_NCd1d2d3_none_no_weight_negative_ii_log_prob",
            "selu",
            "shape_start_negative_1",
            "shrink_soft",
            "sigmoid",
            "size",
            "slice_end_out_of_bounds",
            "slice_neg_steps",
            "softmax_large_number",
            "softplus",
            "softsign",
            "squeeze_negative_axes",
            "sub_int16",
            "sum_example",
            "tanh",
            "thresholdedrelu",
            "top_k_smallest",
            "transpose_all_permutations_4",
            "unsqueeze_unsorted_axes",
            "where_long_example",
            "wrap_pad",
            "xor_bcast3v1d");

    @TestFactory
    List<DynamicTest> agreesWithOnnx() throws Exception {
        try (OnnxTests tests = OnnxTests.open("onnx-node-tests.zip")) {
            List<DynamicTest> all = new ArrayList<>();
            for (String name : NAMES) {
                OnnxTest test = tests.read("node/test_" + name);
                all.add(DynamicTest.dynamicTest(name, () -> run(test)));
            }
            return all;
        }
    }

    private void run(OnnxTest test) throws Exception {
        Model model = test.load(folder);
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            test.check(predictor.predict(test.inputsOf(model)));
        }
    }
}
