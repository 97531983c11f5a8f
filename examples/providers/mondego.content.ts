/** Portuguese course texts of the Escola Exemplo do Mondego (fictitious). */
export const portuguese = `
= ia-ensino | 0111 | 3 | 7 | Inteligência artificial na sala de aula
Docentes experimentam, discutem e avaliam atividades com modelos de linguagem.
- planear atividades em que o uso da IA é transparente
- avaliar trabalhos tendo em conta o apoio da IA
= cuidados-paliativos | 0913 | 6 | 6 | Cuidados paliativos na comunidade
Formação para enfermeiros e médicos que acompanham doentes em casa.
- controlar sintomas com medidas farmacológicas e não farmacológicas
- comunicar más notícias com empatia
- apoiar a família no luto
= vinha-sustentavel | 0811 | 4 | 5 | Viticultura sustentável no Dão
Do solo à garrafa, com visitas a explorações da região.
- interpretar análises de solo e de folha
- reduzir tratamentos com base na monitorização
= energia-solar-instalador | 0713 | 5 | 4 | Instalador de sistemas solares fotovoltaicos
Montagem, ensaio e documentação em bancada e em telhado.
- dimensionar um sistema de autoconsumo
- instalar e ensaiar o sistema em segurança
= ciberseguranca-autarquias | 0612 | 4 | 6 | Cibersegurança para autarquias
Um curso prático para equipas pequenas com grandes responsabilidades.
- identificar ativos críticos e ameaças
- preparar e testar um plano de resposta
= protecao-dados-escolas | 0421 | 2 | 5 | Proteção de dados nas escolas
Fotografias, plataformas e pedidos de pais: respostas claras e fundamentadas.
- determinar o fundamento de licitude de um tratamento
- responder a pedidos de acesso
= turismo-natureza | 1015 | 3 | 4 | Guia de turismo de natureza
Percursos pedestres, interpretação e primeiros socorros na serra.
- planear um percurso interpretativo
- agir em caso de acidente
= contabilidade-cooperativas | 0411 | 4 | 5 | Contabilidade para cooperativas
Particularidades, obrigações e prestação de contas aos membros.
- registar operações com cooperadores
- explicar as contas em assembleia
= soldadura-mig | 0715 | 4 | 3 | Soldadura MIG/MAG de estruturas
Muita oficina, pouca cadeira e um exame no fim.
- soldar juntas de canto em chapa
- identificar defeitos e corrigi-los
= azulejo-conservacao | 0214 | 5 | 6 | Conservação de azulejo
Diagnóstico e tratamento de painéis históricos em oficina-escola.
- registar o estado de conservação
- executar limpezas e preenchimentos
= logistica-ecommerce | 1041 | 3 | 5 | Logística para comércio eletrónico
Armazém, expedição e devoluções de uma pequena loja em linha.
- desenhar o fluxo de encomendas
- reduzir custos e emissões na entrega
= creche-brincar | 0112 | 4 | 6 | Brincar e aprender na creche
Observar, escutar e organizar espaços para crianças até aos três anos.
- observar e documentar o brincar
- envolver as famílias no quotidiano
= portugues-acolhimento | 0231 | 6 | - | Português língua de acolhimento (A2)
Para pessoas adultas que vivem e trabalham em Portugal.
- compreender informações em serviços públicos
- falar sobre o trabalho e a saúde
= azeite-prova | 0721 | 2 | 5 | Prova e qualidade do azeite
Análise sensorial e boas práticas no lagar.
- identificar atributos e defeitos
- relacionar práticas de colheita com a qualidade
= floresta-fogo | 0821 | 5 | 6 | Gestão da floresta e prevenção de incêndios
Cartografia de risco, gestão de combustíveis e trabalho com comunidades.
- elaborar um plano de gestão de combustíveis
- usar dados de satélite para avaliar risco
= servico-social-idosos | 0923 | 3 | 6 | Intervenção social com pessoas idosas isoladas
Metodologias de proximidade em aldeia e em bairro.
- realizar um diagnóstico participado
- articular respostas da rede social
= programacao-web | 0613 | 12 | 5 | Programação web: do zero ao portefólio
Doze semanas intensivas com projetos semanais.
- construir páginas acessíveis e adaptáveis
- programar um serviço com base de dados
- trabalhar em equipa com controlo de versões
= economia-azul | 0831 | 4 | 7 | Economia azul e aquacultura sustentável
Da estufa de bivalves ao plano de negócio.
- avaliar a capacidade de carga de um estuário
- preparar um pedido de licenciamento
`;
