import { table } from '../table.ts';

/**
 * Levels of national frameworks in the EU's list (`http://data.europa.eu/snb/qdr/25831c2`, as enumerated by the XSD of ELM 3.3.1):
 * `framework|country|level=end of the URI …`.
 */
const ROWS = `
AQF|AL|1=c_45ec22f4 2=c_83fe9d36 3=c_af16b647 4=c_24cdfa3f 5=c_cfe3e39b 6=c_31779637 7=c_56c0e2fd 8=c_d104d536
AT: NQF|AT|1=c_479252dc 2=c_c3234df7 3=c_1f1297d8 4=c_67af56a4 5=c_e8dd63b9 6=c_1dcef432 7=c_0e78414e 8=c_c94a713e
BH NQF|BA|1=c_4653268d 2=c_d80dc4a4 3=c_9dac5a30 4=c_f89fc721 5=c_96e5a5e7 6=c_1d0ca409 7=c_c042a969 8=c_36c9ff45
BQF|BG|0=c_50f03409 1=c_11fef73b 2=c_4854c1ef 3=c_d57056ce 4=c_40f3d416 5=c_0b0b744e 6=c_2b79a822 7=c_bb023568 8=c_311c2747
CFC|BE|1=c_9c785d58 2=c_15435c11 3=c_19d85def 4=c_baa10a4e 5=c_cf6bd5a1 6=c_09d0ebb0 7=c_4e0e5f6b 8=c_165020a6
CLQ|LU|1=c_5eb9f21e 2=c_2bc813ff 3=c_317af58c 4=c_26211a04 5=c_b4cc88a4 6=c_dfb0cd4d 7=c_758b2f8a 8=c_287bdf18
CQFW|GB|1=c_c03aceeb 2=c_826abaf9 3=c_c7a9fba6 4=c_3a511ca6 5=c_3cae3a23 6=c_fa76c0fa 7=c_98740c52 8=c_471f5da1 Entry_1-3=c_de548626
CROQF|HR|1=c_d34c0ab3 2=c_d5feaf10 3=c_3a9600c8 4.1=c_486071a1 4.2=c_49672c5a 5=c_dcc9aca1 6=c_cb53bf24 7.1=c_d6860258 7.2=c_6ab8a29d 8.1=c_a43afd6a 8.2=c_2203f32f
CyQF|CY|1=c_02c7fedc 2=c_ffd9ca10 3=c_e44ef2dc 4=c_5cbacb43 5a=c_549bffac 5b=c_6cba2673 5c=c_16351043 6=c_8f872111 7a=c_f59c3ad4 7b=c_95481d1f 7c=c_a6c13e9f 8=c_99235760
DK NQF|DK|1=c_67053d58 2=c_f3d606a7 3=c_2ff9f722 4=c_e2461c86 5=c_e130f5d2 6=c_a19d301f 7=c_b08ee037 8=c_1aec7e1f
DQR|DE|1=c_f77c7095 2=c_c71cce15 3=c_c37d888a 4=c_12a84182 5=c_bd9f8e42 6=c_6919ed25 7=c_184f7fed 8=c_341d539b
EstQF|EE|1=c_ed568080 2=c_54b380be 3=c_3f16a034 4=c_7cb99427 5=c_11b06734 6=c_3dddfd70 7=c_9173237a 8=c_2616aeff
FQF|BE|1=c_cf509e8a 2=c_7f5e85a7 3=c_650d7e95 4=c_615c4895 5=c_6fa57440 6=c_65235ec5 7=c_95fec238 8=c_13c65774
FiNQF|FI|1=c_b9b2b42d 2=c_c660dbf8 3=c_63c1f703 4=c_cbf250da 5=c_fd8ce5f6 6=c_8a7da315 7=c_3b2bd7b5 8=c_7fa9dfe4
HQF|GR|1=c_ec84c700 2=c_6640cf62 3=c_48930d0b 4=c_f6c81729 5=c_7db10cb9 6=c_5e8da33b 7=c_60582329 8=c_c4deeb87
HuQF|HU|1=c_01be7324 2=c_1b9935cd 3=c_b763e7c8 4=c_b9eadd5c 5=c_13865e16 6=c_9ec87162 7=c_c2f4856f 8=c_ea1b27b9
IE NQF|IE|1=c_53e465cb 10=c_ac9adabb 2=c_060f2f91 3=c_4c88e501 4=c_57c9e957 5=c_4053e803 6=c_670e54c7 7=c_38f52397 8=c_218a7e54 9=c_c6ada0f4
ISQF|IS|1=c_9d649d1c 2=c_ca8fda2e 3=c_38336a53 4=c_905af3bc 5.1=c_f0e7a81b 5.2=c_f0be67ef 6.1=c_57c17789 6.2=c_c339fb29 7=c_f8979fd7
IT NQF|IT|1=c_d7b593f0 2=c_5af633b3 3=c_2151e983 4=c_c160a2a0 5=c_334b891b 6=c_f875790f 7=c_1a6b4df9 8=c_34a78e36
KS NQF|XK|1=c_7203c28f 2=c_c8293950 3=c_ec2e2ebe 4=c_a31706ad 5=c_030f5138 6=c_ca282dd9 7=c_fa8f5b4b 8=c_4ba29707
LQF|LV|1=c_41bf3e8a 2=c_f1f60c76 3=c_138c123b 4=c_14b672c3 5=c_7493dd0e 6=c_a828cd20 7=c_a61cdeca 8=c_a6744590
LTQF|LT|1=c_98b42a9f 2=c_8525e36a 3=c_9d34b310 4=c_d1e9f55d 5=c_b62fa7ef 6=c_caa3091a 7=c_dbbbe65b 8=c_6e015474
ME NQF|ME|1.1=c_aa951342 1.2=c_c0ef8a4e 2=c_e5b56761 3=c_f08d5131 4.1=c_52353560 4.2=c_ccc01a11 5=c_b7b67d5e 6=c_5d6112c5 7.1=c_f38ebe74 7.2=c_193238e8 8=c_ced2a6c3
MECU|ES|1=c_9f7b21f9 2=c_a358d163 3=c_d81640d2 4=c_9f9cd022 5=c_cdd36a4b 6=c_6422359b 7=c_37f3c037 8=c_62866e36
MQF|MT|1=c_761cdbf1 2=c_42cf00ab 3=c_55c66aa8 4=c_c9f6d6e5 5=c_a3c7575d 6=c_333a51d9 7=c_eacc0583 8=c_782b35df A=c_0ab74a56 B=c_a648b6db
NKR|NO|1=c_2293fdad 2=c_0b8188d7 3=c_bbfedf33 4=c_81090d42 5.1=c_12ece3d4 5.2=c_92632be8 6.1=c_6b569351 6.2=c_52818ecd 7=c_fb307b49 8=c_95249ae7
NLQF|NL|1=c_3e11a3fd 2=c_c749fa23 3=c_f97cdbb5 4=c_ff656b33 4+=c_c2700f4e 5=c_18c9e9fe 6=c_1711a061 7=c_478359fc 8=c_2835a50f Entry_Level=c_b42dd23b
NNMQF|MK|1=c_4f0c10a1 2=c_9aeca2ba 3=c_c9af811f 4=c_81be283e 5=c_ea16bfd2 5_A=c_e0ba1a59 5_B=c_b8a101cb 6=c_c484f777 6_A=c_1a88119b 6_B=c_55a34aab 7=c_4508cafb 7_A=c_0f11cfc1 7_B=c_2fce21e0 8=c_556a291d
NQF RNCP|FR|I-Doctorat=c_7ab73420 I-Master=c_828fbcc3 II-Grade_de_Licence=c_5ad5d222 III=c_243aefbe IV=c_40020d69 V=c_d7cce980
NQF VPET|CH|1=c_419407fa 2=c_9ccd261b 3=c_1d6c3de5 4=c_dae3c198 5=c_7038706c 6=c_b83c6524 7=c_468a5afc 8=c_ce40bd02
NQFL|LI|1=c_ae256098 2=c_ab81fe6f 3=c_73e5a71b 4=c_e7f9e314 5=c_9a2c4ae2 6=c_ad62b6d5 7=c_e6601cb4 8=c_e160a72d
NQFS|RS|1=c_83bf6184 2=c_c072e4cc 3=c_8a1ce05d 4=c_71bf982b 5=c_dc2cd5c7 6=c_7e034a16 6.1=c_6bfeff7a 6.2=c_529912df 7=c_e4f11c13 7.1=c_cca41928 7.2=c_8cab3c22 8=c_e3116f9b
NSK|CZ|1=c_5dfdf326 2=c_6961eec3 3=c_993b0d50 4=c_fe9eb464 5=c_b80ee6b1 6=c_82e7da58 7=c_1df7b6c9 8=c_4276c6dc
PQF|PL|1=c_fcf3bd8d 2=c_14db1595 3=c_e018d301 4=c_c145999e 5=c_045fd11d 6=c_cb086da3 7=c_e860b49b 8=c_ec518d13
QDG|BE|1=c_ab42f62f 2=c_4d0bef61 3=c_04d23b42 4=c_ffa6243f 5=c_f8aa9cdb 6=c_f626da7f 7=c_2af3aa2b 8=c_cbec72ba
QNQ|PT|1=c_1eeca5f9 2=c_fd9234c1 3=c_5c91e0ca 4=c_7d534b92 5=c_d2b47671 6=c_8cf0774e 7=c_0fe2b814 8=c_370653aa
ROQF|RO|1=c_d8706544 2=c_6d9af464 3=c_513ed8e7 4=c_47645af5 5=c_5bca675f 6=c_8b75d6fc 7=c_152a2ae2 8=c_8f107ecd
RQF|GB|1=c_f015bac8 2=c_e83742bd 3=c_dddf1163 4=c_308a1766 5=c_dec9edae 6=c_c392e7a2 7=c_3a94d1b4 8=c_064b59e6 Entry_Level_3=c_b3a26e65 Entry_Levels_1-2=c_778f8030
SCQF|GB|1=c_505223a4 10=c_021f233f 11=c_517309ca 12=c_c3f2cd03 2=c_2ce57891 3=c_31146b2c 4=c_61aa9cbc 5=c_5e46ea39 6=c_c167deaa 7=c_326c93a5 8=c_d9cf9fd5 9=c_e2e0f7fc
SKKR|SK|1=c_1ea1c8f9 2=c_db0fa54f 3=c_fb6cbec3 4=c_cc1ea43c 5=c_98403355 6=c_8a024f65 7=c_defba593 8=c_fb12c713
SQF|SI|1=c_77411555 10=c_a9614000 2=c_4b23518c 3=c_e7e8d397 4=c_66d10210 5=c_5a909eaa 6=c_4a3aea6f 7=c_3f2a609e 8=c_4e92151b 9=c_74d66d27
SeQF|SE|1=c_20b8cbc9 2=c_e1f75f79 3=c_4ec9e6c0 4=c_6477e349 5=c_b44f7367 6=c_185bb246 7=c_1ab773a2 8=c_055b6cf8
TQF|TR|1=c_be0b95b2 2=c_ee441642 3=c_a7579d00 4=c_a1595faf 5=c_ce5b0bd4 6=c_f4b6cea8 7=c_0966da79 8=c_17212c18
`;

/** A level as the list names it: its framework by its letters there, the country, the level to the letter. */
export interface NqfConcept {
  framework: string;
  country: string;
  level: string;
}

const concepts = table(
  Object.fromEntries(
    ROWS.trim()
      .split('\n')
      .flatMap((row) => {
        const [framework = '', country = '', levels = ''] = row.split('|');
        return levels.split(' ').map((one): [string, NqfConcept] => {
          const [level = '', code = ''] = one.split('=');
          return [code, { framework, country, level: level.replaceAll('_', ' ') }];
        });
      }),
  ),
);

/** The level that an address of the EU's list names. */
export const nqfLevelOf = (uri: string): NqfConcept | undefined =>
  concepts.get(/^https?:\/\/\S{0,100}\/snb\/qdr\/(c_[0-9a-f]{8})$/.exec(uri.trim())?.[1] ?? '');
